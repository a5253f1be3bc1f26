package io.outcry.load.bare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bare server in a process of its own, as a venue's replica is: it shares neither heap nor
 * compiler with the load generator. Ended by {@link #close()}. Used by one thread.
 */
public final class BareProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("listening on .*:(\\d+)");
    private static final long STOP_SECONDS = 5;

    private final Process process;
    private final int port;

    private BareProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server on a free port of 127.0.0.1 and waits until it listens.
     *
     * @param mainClass of this program, which must know the command {@code bare}
     */
    public static BareProcess start(Class<?> mainClass) throws IOException {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        mainClass.getName(),
                        "bare",
                        "--port",
                        "0");
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        Matcher listening = LISTENING.matcher(line == null ? "" : line);
        if (!listening.matches()) {
            process.destroy();
            throw new IOException("the bare server did not start: " + line);
        }
        BatchPolicy.put(process);
        return new BareProcess(process, Integer.parseInt(listening.group(1)));
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
