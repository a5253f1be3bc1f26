package io.outcry.e2e;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several traders at once. Thread-safe once started. */
final class Load {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<Trader> traders = new ArrayList<>();

    static Load start(URI venue, int clients, long seed) throws Exception {
        Load load = new Load();
        for (int i = 0; i < clients; i++) {
            load.traders.add(new Trader(Client.registered(venue), i, seed));
        }
        load.traders.forEach(Trader::start);
        return load;
    }

    List<Trader> traders() {
        return traders;
    }

    long acknowledged() {
        return traders.stream().mapToLong(trader -> trader.acknowledged().size()).sum();
    }

    long retries() {
        return traders.stream().mapToLong(Trader::retries).sum();
    }

    /** Waits until each trader has had further orders acknowledged. */
    Duration awaitProgress(int orders) {
        long startedNanos = System.nanoTime();
        List<Integer> goals =
                traders.stream().map(trader -> trader.acknowledged().size() + orders).toList();
        for (int i = 0; i < traders.size(); i++) {
            Trader trader = traders.get(i);
            int goal = goals.get(i);
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> trader.acknowledged().size() >= goal);
        }
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    void stop() throws InterruptedException {
        for (Trader trader : traders) {
            trader.stop();
        }
    }
}
