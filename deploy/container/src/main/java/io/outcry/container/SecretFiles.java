package io.outcry.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * A venue's secrets as files in a folder per reader, each of which is a volume that only its
 * readers see. Servers of different users read them, so a file is readable for all who see it.
 */
final class SecretFiles {
    private static final Set<PosixFilePermission> READABLE =
            PosixFilePermissions.fromString("r--r--r--");

    private SecretFiles() {}

    /**
     * Writes each that is not there. Redis's password is in two files: both are written, or none.
     */
    static void ensure(Path directory, VenueSecrets secrets) throws IOException {
        Path redisUrl = Path.of("api", "redis-url");
        Path redisConfiguration = Path.of("redis", "redis.conf");
        boolean redisIsMissing =
                !Files.exists(directory.resolve(redisUrl))
                        || !Files.exists(directory.resolve(redisConfiguration));
        for (Map.Entry<String, Map<String, String>> reader : secrets.byReader().entrySet()) {
            for (Map.Entry<String, String> text : reader.getValue().entrySet()) {
                Path name = Path.of(reader.getKey(), text.getKey());
                Path file = directory.resolve(name);
                boolean ofRedis = name.equals(redisUrl) || name.equals(redisConfiguration);
                if (ofRedis ? redisIsMissing : !Files.exists(file)) {
                    write(file, text.getValue());
                }
            }
        }
    }

    /** Written aside and moved, so that a file that is there is whole. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                aside,
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.setPosixFilePermissions(aside, READABLE);
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
