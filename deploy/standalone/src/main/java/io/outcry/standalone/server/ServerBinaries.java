package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL and Redis servers that come as resources of libraries, unpacked into a cache
 * directory once. A cached copy is named by its content's checksum, so that another version is
 * unpacked beside it. Not thread-safe.
 */
public final class ServerBinaries {
    private static final String POSTGRES = "/postgres-linux-x86_64.txz";
    private static final String REDIS = "/redis-server-6.2.6-v5-linux-amd64";
    private static final Set<PosixFilePermission> EXECUTABLE =
            PosixFilePermissions.fromString("rwxr-xr-x");
    private static final int OWNER_EXECUTES = 0100;

    private final Path cache;

    public ServerBinaries(Path cache) {
        this.cache = cache;
    }

    /** The directory that holds PostgreSQL's bin, lib and share. */
    public Path postgres() throws IOException {
        return unpacked("postgres", POSTGRES, ServerBinaries::unpackArchive);
    }

    /** The directory that holds redis-server. */
    public Path redis() throws IOException {
        return unpacked("redis", REDIS, ServerBinaries::unpackRedis);
    }

    @FunctionalInterface
    private interface Unpacker {
        void unpack(InputStream resource, Path into) throws IOException;
    }

    private Path unpacked(String name, String resource, Unpacker unpacker) throws IOException {
        URL url = ServerBinaries.class.getResource(resource);
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new StartException(
                    "the " + name + " server is missing from this build: no " + resource);
        }
        Path home = cache.resolve(name + "-" + Long.toHexString(connection.getJarEntry().getCrc()));
        if (!Files.isDirectory(home)) {
            Path aside = cache.resolve(name + ".new");
            DataDirectory.delete(aside);
            Files.createDirectory(aside);
            try (InputStream in = connection.getInputStream()) {
                unpacker.unpack(in, aside);
            }
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return home;
    }

    private static void unpackRedis(InputStream resource, Path into) throws IOException {
        Path server = into.resolve("redis-server");
        Files.copy(resource, server);
        Files.setPosixFilePermissions(server, EXECUTABLE);
    }

    private static void unpackArchive(InputStream resource, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(resource))) {
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
