package io.outcry.load.stream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Asks a replica twice a second how much of its heap it uses. Safe for use by many threads. */
final class HeapWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PERIOD_MS = 500;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private final AtomicLong mostBytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    HeapWatch(URI replica) {
        metrics = replica.resolve("/metrics");
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
            String text = http.send(request, BodyHandlers.ofString()).body();
            double bytes =
                    text.lines()
                            .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                            .mapToDouble(
                                    line ->
                                            Double.parseDouble(
                                                    line.substring(line.lastIndexOf(' ') + 1)))
                            .sum();
            mostBytes.accumulateAndGet((long) bytes, Math::max);
        } catch (IOException e) {
            failures.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The most that was seen; 0: the replica did not tell. */
    long mostBytes() {
        return mostBytes.get();
    }

    long failures() {
        return failures.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
