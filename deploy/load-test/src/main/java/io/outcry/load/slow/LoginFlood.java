package io.outcry.load.slow;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Signs in with wrong passwords without pause. Safe for use by many threads. */
final class LoginFlood implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI login;
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    LoginFlood(URI target, int atOnce) {
        login = target.resolve("/api/auth/login");
        for (int i = 0; i < atOnce; i++) {
            Thread thread = new Thread(this::run, "login-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                answers.merge("http " + signIn(), 1L, Long::sum);
            } catch (IOException e) {
                answers.merge("failed", 1L, Long::sum);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private int signIn() throws IOException, InterruptedException {
        String body =
                "{\"username\":\"nobody_%s\",\"password\":\"wrong and long\"}"
                        .formatted(UUID.randomUUID().toString().substring(0, 12));
        HttpRequest request =
                HttpRequest.newBuilder(login)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** How many sign-ins were answered how. */
    SortedMap<String, Long> answers() {
        return new TreeMap<>(answers);
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }
}
