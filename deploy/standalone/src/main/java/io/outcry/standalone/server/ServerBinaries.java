package io.outcry.standalone.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL and Redis servers that come as resources of libraries, unpacked into a cache
 * directory once. PostgreSQL and Redis may be asked for by different threads.
 */
public final class ServerBinaries {
    /** As it comes in its library. */
    private static final String POSTGRES = "/postgres-linux-x86_64.txz";

    /** The same in the single jar, without its slow compression. */
    private static final String REPACKED = "/postgres.tar";

    private static final String REDIS = "/redis-server-6.2.6-v5-linux-amd64";
    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int OWNER_EXECUTES = 0100;

    private final ResourceCache cache;

    public ServerBinaries(Path cache, UnpackListener listener) {
        this.cache = new ResourceCache(cache, listener);
    }

    /** The directory that holds PostgreSQL's bin, lib and share. */
    public Path postgres() throws IOException {
        return ServerBinaries.class.getResource(REPACKED) == null
                ? cache.unpacked(
                        "postgres",
                        POSTGRES,
                        (in, into) -> unpackArchive(new XZCompressorInputStream(in), into))
                : cache.unpacked("postgres", REPACKED, ServerBinaries::unpackArchive);
    }

    /** The directory that holds redis-server. */
    public Path redis() throws IOException {
        return cache.unpacked("redis", REDIS, ServerBinaries::unpackRedis);
    }

    private static void unpackRedis(InputStream resource, Path into) throws IOException {
        Path server = into.resolve("redis-server");
        Files.copy(resource, server);
        Files.setPosixFilePermissions(server, EXECUTABLE);
    }

    private static void unpackArchive(InputStream resource, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(resource))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                unpackEntry(tar, entry, into);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("archive entry leaves its directory: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            Files.setPosixFilePermissions(target, permissions(entry));
        }
    }

    private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(EXECUTABLE);
        if ((entry.getMode() & OWNER_EXECUTES) == 0) {
            permissions.removeAll(
                    Set.of(
                            PosixFilePermission.OWNER_EXECUTE,
                            PosixFilePermission.GROUP_EXECUTE,
                            PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }
}
