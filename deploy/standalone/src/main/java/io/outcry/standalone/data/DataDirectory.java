package io.outcry.standalone.data;

import io.outcry.standalone.process.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a venue keeps all that it must not lose, and all that it writes. Locked while open: one
 * venue at a time.
 *
 * <pre>
 * .outcry       marks the directory as ours; .initialized as one whose first start came to its end
 * postgres/     the database cluster           engine/   the journal and its snapshots
 * secrets/      password and signing key       logs/     one file per component
 * cache/        unpacked server binaries       run/      process ids, generated configuration
 * </pre>
 *
 * <p>Not thread-safe, but for the paths, which never change.
 */
public final class DataDirectory implements AutoCloseable {
    private static final String MARKER = ".outcry";
    private static final String INITIALIZED = ".initialized";
    private static final String LOCK = ".lock";
    private static final String CACHE = "cache";
    private static final Set<String> KEPT_WHEN_WIPED = Set.of(MARKER, LOCK, CACHE);

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Opens the directory, which is made when it does not exist.
     *
     * @throws StartException when another venue runs in it, or when it holds files but is not ours
     */
    public static DataDirectory open(Path path) throws IOException {
        Path root = path.toAbsolutePath().normalize();
        if (!exists(root)) {
            create(root);
        }
        return new DataDirectory(root.toRealPath(), lock(root));
    }

    /** Whether a venue's data is there. A directory with other things in it is refused. */
    public static boolean exists(Path root) throws IOException {
        if (Files.isRegularFile(root.resolve(MARKER))) {
            return true;
        }
        boolean unused = !Files.exists(root) || (Files.isDirectory(root) && isEmpty(root));
        if (unused) {
            return false;
        }
        throw new StartException(
                root
                        + " is not a venue's data directory (no "
                        + MARKER
                        + " in it): choose another with --data");
    }

    private static void create(Path root) throws IOException {
        try {
            Files.createDirectories(root);
            Files.writeString(root.resolve(MARKER), "Data of an Outcry venue, format 1\n");
        } catch (IOException e) {
            throw new StartException(
                    "cannot write to " + root + ": choose another directory with --data", e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new StartException(
                    "a venue is already running in " + root + ": stop it first (command: down)");
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** Deletes all data. What was unpacked into the cache is kept. */
    public void wipe() throws IOException {
        try (Stream<Path> children = Files.list(root)) {
            List<Path> doomed =
                    children.filter(
                                    child ->
                                            !KEPT_WHEN_WIPED.contains(
                                                    child.getFileName().toString()))
                            .toList();
            for (Path child : doomed) {
                delete(child);
            }
        }
    }

    /** Deletes a file or a whole directory. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /**
     * Whether a venue has once been ready here, so that missing data means loss and not a first
     * start.
     */
    public boolean isInitialized() {
        return Files.exists(root.resolve(INITIALIZED));
    }

    public void markInitialized() throws IOException {
        if (!isInitialized()) {
            Files.createFile(root.resolve(INITIALIZED));
        }
    }

    public Path root() {
        return root;
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path engine() {
        return root.resolve("engine");
    }

    public Path secrets() {
        return ensure("secrets", "rwx------");
    }

    public Path logs() {
        return ensure("logs", "rwxr-xr-x");
    }

    public Path cache() {
        return ensure(CACHE, "rwxr-xr-x");
    }

    public Path run() {
        return ensure("run", "rwxr-xr-x");
    }

    private Path ensure(String name, String permissions) {
        Path directory = root.resolve(name);
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(
                        directory, PosixFilePermissions.fromString(permissions));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
    }

    public static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.findAny().isEmpty();
        }
    }

    /** Gives up the lock. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
