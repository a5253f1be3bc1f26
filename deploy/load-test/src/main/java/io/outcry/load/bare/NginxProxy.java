package io.outcry.load.bare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An nginx of its own in front of one server, with the venue's own configuration, so that a
 * comparison behind it leaves out no cost and adds none. A child process with a temporary folder,
 * both gone after {@link #close()}. Used by one thread.
 */
public final class NginxProxy implements AutoCloseable {
    static final String FOLDER = "outcry-bare-nginx";
    private static final String TEMPLATE = "/nginx/nginx.conf.template";
    private static final int CONNECTIONS_PER_ADDRESS = 16_384;
    private static final String HOST = "127.0.0.1";
    private static final String ERROR_LOG = "error.log";
    private static final long START_NANOS = 10_000_000_000L;
    private static final long POLL_NANOS = 20_000_000;
    private static final long STOP_SECONDS = 5;

    private final int port;
    private final Path folder;
    private final Process process;

    private NginxProxy(int port, Path folder, Process process) {
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts nginx; it may take a moment to listen.
     *
     * @param binary a path, or a name on the PATH
     * @throws IOException when it cannot be started
     */
    public static NginxProxy start(String binary, int port, int serverPort) throws IOException {
        Path folder = Files.createTempDirectory(FOLDER);
        Files.createDirectory(folder.resolve("temp"));
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(configuration, configuration(port, serverPort));
        ProcessBuilder command =
                new ProcessBuilder(
                        binary,
                        "-p",
                        folder.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        configuration.toString());
        command.redirectError(folder.resolve(ERROR_LOG).toFile());
        command.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            return new NginxProxy(port, folder, command.start());
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    static String configuration(int port, int serverPort) throws IOException {
        try (InputStream template = NginxProxy.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new IOException("nginx's configuration is not in this jar");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${LISTEN}", HOST + ":" + port)
                    .replace(
                            "${WORKER_PROCESSES}",
                            String.valueOf(Runtime.getRuntime().availableProcessors()))
                    .replace("${CONNECTIONS_PER_ADDRESS}", String.valueOf(CONNECTIONS_PER_ADDRESS))
                    .replace("${API_SERVERS}", "    server 127.0.0.1:" + serverPort + ";");
        }
    }

    /**
     * Waits until connections are taken.
     *
     * @throws IOException with nginx's own words when it has ended, or when it takes too long
     */
    public void awaitListening() throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        while (!accepts()) {
            if (!process.isAlive()) {
                String words = Files.readString(folder.resolve(ERROR_LOG)).strip();
                throw new IOException("nginx ended: " + words);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("nginx does not listen on port " + port);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        BatchPolicy.put(process);
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> contents;
        try (Stream<Path> walk = Files.walk(folder)) {
            contents = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contents) {
            Files.delete(path);
        }
    }
}
