package io.outcry.standalone.server;

import io.outcry.standalone.data.DataDirectory;
import io.outcry.standalone.process.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.jar.JarEntry;

/**
 * Programs that come as resources of this program or its libraries, unpacked into a directory once.
 * A copy is named by its content, so that another version is unpacked anew and takes the place of
 * those before it; it is written aside and moved, so that one that is there is whole. Not
 * thread-safe for one name; different names may be unpacked by different threads.
 */
final class ResourceCache {
    private final Path directory;
    private final UnpackListener listener;

    ResourceCache(Path directory, UnpackListener listener) {
        this.directory = directory;
        this.listener = listener;
    }

    /** Writes what a resource holds into a directory that is empty. */
    @FunctionalInterface
    interface Unpacker {
        void unpack(InputStream resource, Path into) throws IOException;
    }

    /** The directory that the resource was unpacked into, now or earlier. */
    Path unpacked(String name, String resource, Unpacker unpacker) throws IOException {
        URL url = ResourceCache.class.getResource(resource);
        if (url == null || !(url.openConnection() instanceof JarURLConnection connection)) {
            throw new StartException(name + " is missing from this build: no " + resource);
        }
        JarEntry entry = connection.getJarEntry();
        Path home =
                directory.resolve("%s-%08x-%x".formatted(name, entry.getCrc(), entry.getSize()));
        if (!Files.isDirectory(home)) {
            long startedNanos = System.nanoTime();
            Path aside = directory.resolve(name + ".new");
            DataDirectory.delete(aside);
            Files.createDirectory(aside);
            try (InputStream in = connection.getInputStream()) {
                unpacker.unpack(in, aside);
            }
            deleteOthers(name);
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
            listener.unpacked(name, Duration.ofNanos(System.nanoTime() - startedNanos));
        }
        return home;
    }

    private void deleteOthers(String name) throws IOException {
        try (DirectoryStream<Path> others =
                Files.newDirectoryStream(directory, name + "-[0-9a-f]*")) {
            for (Path other : others) {
                DataDirectory.delete(other);
            }
        }
    }
}
