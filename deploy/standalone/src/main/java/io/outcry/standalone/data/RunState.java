package io.outcry.standalone.data;

import io.outcry.standalone.process.Leftovers;
import io.outcry.standalone.process.ProcessIdentity;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * What runs in a data directory, in a file, so that a later command can find it even if we die
 * without a word: the supervisor and each component's process. Thread-safe.
 */
public final class RunState {
    private static final String FILE = "state.properties";
    private static final String BOOT = "boot";
    private static final String SUPERVISOR = "supervisor";
    private static final String URL = "url";
    private static final String PROCESS_PREFIX = "process.";
    private static final String READY_PREFIX = "ready.";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private static final Duration LEFTOVERS_STOP_WITHIN = Duration.ofSeconds(10);

    private final Path file;
    private final Properties properties;

    private RunState(Path file, Properties properties) {
        this.file = file;
        this.properties = properties;
    }

    /** A new state, with this process as the supervisor. Takes the place of an older one. */
    public static RunState begin(Path runDirectory) throws IOException {
        RunState state = new RunState(runDirectory.resolve(FILE), new Properties());
        state.properties.setProperty(BOOT, bootId());
        long self = ProcessHandle.current().pid();
        ProcessIdentity.of(self)
                .ifPresent(
                        identity -> state.properties.setProperty(SUPERVISOR, identity.toString()));
        state.write();
        return state;
    }

    /**
     * What was left in the file; empty when there is none, or it is from before the machine was
     * started.
     */
    public static Optional<RunState> read(Path runDirectory) throws IOException {
        Path file = runDirectory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.getProperty(BOOT, "").equals(bootId())
                ? Optional.of(new RunState(file, properties))
                : Optional.empty();
    }

    /** Ends what a supervisor that was killed left running. */
    public static void stopLeftovers(Path runDirectory) throws IOException, InterruptedException {
        Optional<RunState> previous = read(runDirectory);
        if (previous.isPresent()) {
            Leftovers.stop(previous.get().liveProcesses(), LEFTOVERS_STOP_WITHIN);
            previous.get().end();
        }
    }

    public synchronized void processStarted(String component, ProcessIdentity identity)
            throws IOException {
        properties.setProperty(PROCESS_PREFIX + component, identity.toString());
        write();
    }

    /** The component's process serves. */
    public synchronized void processReady(String component) throws IOException {
        String process = properties.getProperty(PROCESS_PREFIX + component);
        if (process != null) {
            properties.setProperty(READY_PREFIX + component, process);
            write();
        }
    }

    /** The components of such names that have been ready, in order. */
    public synchronized List<String> components(Pattern names) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(READY_PREFIX))
                .map(name -> name.substring(READY_PREFIX.length()))
                .filter(name -> names.matcher(name).matches())
                .sorted(Comparator.comparingInt(String::length).thenComparing(name -> name))
                .toList();
    }

    /** The component's process, if it lives and has been found ready. */
    public synchronized Optional<ProcessIdentity> readyProcess(String component) {
        return Optional.ofNullable(properties.getProperty(READY_PREFIX + component))
                .map(ProcessIdentity::parse)
                .filter(ProcessIdentity::isAlive);
    }

    /** Everything serves at this address. */
    public synchronized void ready(String url) throws IOException {
        properties.setProperty(URL, url);
        write();
    }

    /** Where the venue serves; empty until it does. */
    public synchronized Optional<String> url() {
        return Optional.ofNullable(properties.getProperty(URL));
    }

    public synchronized Optional<ProcessIdentity> liveSupervisor() {
        return Optional.ofNullable(properties.getProperty(SUPERVISOR))
                .map(ProcessIdentity::parse)
                .filter(ProcessIdentity::isAlive);
    }

    public synchronized List<ProcessIdentity> liveProcesses() {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PROCESS_PREFIX))
                .map(name -> ProcessIdentity.parse(properties.getProperty(name)))
                .filter(ProcessIdentity::isAlive)
                .toList();
    }

    /** Nothing runs any more. */
    public synchronized void end() throws IOException {
        Files.deleteIfExists(file);
    }

    private synchronized void write() throws IOException {
        Path aside = file.resolveSibling(FILE + ".new");
        try (Writer writer = Files.newBufferedWriter(aside)) {
            properties.store(writer, null);
        }
        Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String bootId() throws IOException {
        return Files.readString(BOOT_ID).strip();
    }
}
