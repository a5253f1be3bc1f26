package io.outcry.load.slow;

import io.outcry.load.entry.Users;
import io.outcry.load.run.LoadRun;
import io.outcry.load.run.RunObserver;
import io.outcry.load.run.RunResult;
import io.outcry.load.run.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Orders without and then with slow connections and a flood of sign-ins. For one thread. */
public final class SlowRun {
    private static final int MOST_CONNECTIONS = 60_000;
    private static final int MOST_LOGINS = 1_000;

    /**
     * What is done.
     *
     * @param from the address that slow connections come from, null for any
     * @param logins at once
     */
    public record Plan(
            URI target,
            @Nullable InetAddress from,
            int connections,
            int logins,
            int clients,
            long rate,
            Duration warmup,
            Duration duration) {

        /** Checks that it can be done; IllegalArgumentException names what cannot be. */
        public Plan {
            Settings.requireWithin("connections", connections, 1, MOST_CONNECTIONS);
            Settings.requireWithin("logins", logins, 0, MOST_LOGINS);
            Settings unused = Settings.limitOrders(target, clients, warmup, duration, rate, 1);
        }
    }

    /** What came of it. */
    public record Result(
            Plan plan,
            RunResult before,
            RunResult during,
            int connected,
            long ended,
            SortedMap<String, Long> logins) {}

    private final Plan plan;
    private final RunObserver observer;
    private final Clock clock;

    public SlowRun(Plan plan, RunObserver observer, Clock clock) {
        this.plan = plan;
        this.observer = observer;
        this.clock = clock;
    }

    public Result run() throws IOException {
        String token = Users.register(plan.target(), 1).get(0);
        RunResult before = trade(1);
        try (SlowClients slow =
                        new SlowClients(plan.target(), plan.from(), plan.connections(), token);
                LoginFlood flood = new LoginFlood(plan.target(), plan.logins())) {
            RunResult during = trade(2);
            return new Result(
                    plan, before, during, slow.connected(), slow.ended(), flood.answers());
        }
    }

    private RunResult trade(long seed) throws IOException {
        Settings settings =
                Settings.limitOrders(
                        plan.target(),
                        plan.clients(),
                        plan.warmup(),
                        plan.duration(),
                        plan.rate(),
                        seed);
        return new LoadRun(settings, observer, clock).run();
    }
}
