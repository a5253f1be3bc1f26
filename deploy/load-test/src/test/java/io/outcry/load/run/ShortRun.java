package io.outcry.load.run;

import io.outcry.load.flow.Mix;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run that ends when the venue has seen a number of orders, however slow the machine; a test
 * changes what it is about.
 */
final class ShortRun {
    int clients = 4;
    int orders = 200;
    Duration warmup = Duration.ZERO;
    Duration duration = Duration.ofMinutes(10);
    Mix mix = Mix.MARKET;
    long rate;
    Duration timeout = Duration.ofSeconds(20);
    boolean retry;
    Duration retryFor = Duration.ofSeconds(20);
    Duration maxPause = Duration.ofMillis(50);
    Path record;
    List<String> symbols = List.of();

    private final URI target;

    private ShortRun(URI target) {
        this.target = target;
    }

    static RunResult against(FakeVenue venue, Consumer<ShortRun> change) throws IOException {
        ShortRun run = new ShortRun(venue.uri());
        change.accept(run);
        LoadRun loadRun = new LoadRun(run.settings(), new Unobserved(), Clock.systemUTC());
        venue.afterOrders(run.orders, loadRun::stop);
        return loadRun.run();
    }

    static Settings settings(URI target, Consumer<ShortRun> change) {
        ShortRun run = new ShortRun(target);
        change.accept(run);
        return run.settings();
    }

    private Settings settings() {
        return new Settings(
                target,
                clients,
                warmup,
                duration,
                mix,
                rate,
                symbols,
                1,
                timeout,
                Duration.ofSeconds(20),
                retry,
                retryFor,
                maxPause,
                retry,
                record);
    }

    /** For runs that nobody watches. */
    static class Unobserved implements RunObserver {
        @Override
        public void registering(int clients) {}

        @Override
        public void registered(Registrations registrations) {}

        @Override
        public void started(LiveCounts counts, Duration planned) {}

        @Override
        public void ended() {}
    }
}
