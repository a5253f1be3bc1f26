package io.outcry.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.outcry.standalone.process.Supervised;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills every part of a venue under load, and looks at what is left. */
@Timeout(900)
class KillTest {
    private static final int CLIENTS = 8;
    private static final long SEED = 20_261_124;
    private static final int REPLICAS = 2;
    private static final int SOME_ORDERS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration ENGINE_BACK_WITHIN = Duration.ofSeconds(2);
    private static final Duration DOWN = Duration.ofSeconds(3);
    private static final Duration FROZEN = Duration.ofSeconds(2);
    private static final int FREEZES = 3;
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(2);
    private static final Duration WATCHED = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String BOOK = "/api/market/AAPL/book";

    @TempDir private Path directory;

    @Test
    void nothingAcknowledgedIsLostOrDoneTwice() throws Exception {
        try (RunningVenue venue = RunningVenue.start(directory.resolve("data"), REPLICAS)) {
            Load load = Load.start(venue.uri(), CLIENTS, SEED);
            load.awaitProgress(SOME_ORDERS);
            for (int i = 0; i < 3; i++) {
                Duration back = killAndAwait(venue.component("engine"));
                assertThat(back).isLessThan(ENGINE_BACK_WITHIN);
                report("engine", back, load.awaitProgress(SOME_ORDERS));
            }
            for (String replica : new String[] {"api-0", "api-1"}) {
                Duration back = killAndAwait(venue.component(replica));
                report(replica, back, load.awaitProgress(SOME_ORDERS));
            }
            Duration back = killAndAwait(venue.component(leader(venue)));
            report("the projector's leader", back, load.awaitProgress(SOME_ORDERS));
            for (String server : new String[] {"redis", "postgres"}) {
                long orders = keepDown(venue.component(server), load);
                System.out.println(orders + " orders while " + server + " was down");
                assertThat(orders).isGreaterThan(CLIENTS * SOME_ORDERS);
                load.awaitProgress(SOME_ORDERS);
            }
            freezingRedisCostsOrdersNothing(venue.component("redis"), load);
            flushedRedisHealsByItself(venue);
            load.stop();
            System.out.println(
                    load.acknowledged() + " orders acknowledged, " + load.retries() + " retries");
            reconcile(venue, load);
        }
    }

    private static void reconcile(RunningVenue venue, Load load) throws Exception {
        try (RecordedFeed feed = RecordedFeed.of(venue.engineTarget());
                Connection database = venue.database()) {
            Reconciliation reconciliation = Reconciliation.atRest(database, feed);
            reconciliation.feedHasNoGap();
            reconciliation.ordersAreThoseAcknowledged(load.traders());
            reconciliation.databaseIsTheFeedsOutcome();
            reconciliation.nothingIsCreatedOrLost();
        }
    }

    /** Returns how long the component was away. */
    private static Duration killAndAwait(Supervised component) {
        long killedNanos = System.nanoTime();
        kill(component);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(component::isReady);
        return Duration.ofNanos(System.nanoTime() - killedNanos);
    }

    private static void kill(Supervised component) {
        long pid = component.pid().orElseThrow();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> component.pid().orElse(0) != pid);
    }

    /**
     * Kills it whenever it is back, for a while; returns how many orders were acknowledged in that
     * time.
     */
    private static long keepDown(Supervised component, Load load) {
        long before = load.acknowledged();
        long endNanos = System.nanoTime() + DOWN.toNanos();
        while (System.nanoTime() < endNanos) {
            component
                    .pid()
                    .ifPresent(
                            pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            await().pollDelay(Duration.ofMillis(10)).until(() -> true);
        }
        long during = load.acknowledged() - before;
        await().atMost(LIMIT).until(component::isReady);
        return during;
    }

    /**
     * As good as nothing: a replica waits once each half second, one timeout, and other work goes
     * on. Frozen and well take turns, since the machine's own speed is not that even.
     */
    private static void freezingRedisCostsOrdersNothing(Supervised redis, Load load)
            throws IOException, InterruptedException {
        long well = ordersIn(FROZEN, load);
        long frozen = 0;
        for (int i = 0; i < FREEZES; i++) {
            signal(redis, "STOP");
            frozen += ordersIn(FROZEN, load);
            signal(redis, "CONT");
            well += ordersIn(FROZEN, load);
        }
        System.out.println(
                "%d orders in %d s while redis was frozen, %d in %d s around them"
                        .formatted(
                                frozen,
                                FREEZES * FROZEN.toSeconds(),
                                well,
                                (FREEZES + 1) * FROZEN.toSeconds()));
        assertThat(3 * frozen).isGreaterThan(2 * well * FREEZES / (FREEZES + 1));
    }

    /** Each replica has the book again, with what happened since, while orders go on. */
    private static void flushedRedisHealsByItself(RunningVenue venue) throws Exception {
        List<Client> replicas =
                IntStream.range(0, REPLICAS)
                        .mapToObj(i -> Client.anonymous(venue.replica(i)))
                        .toList();
        long before = bookSequence(replicas.get(0));
        assertThat(venue.flushRedis()).isPositive();
        Duration missing = lastMissing(replicas);
        System.out.println(
                "the book was missing until " + missing.toMillis() + " ms after FLUSHALL");
        assertThat(missing).isLessThan(HEALED_WITHIN);
        for (Client replica : replicas) {
            assertThat(bookSequence(replica)).isGreaterThan(before);
        }
    }

    /** How long from now a replica had no book for the last time. */
    private static Duration lastMissing(List<Client> replicas) throws Exception {
        long startNanos = System.nanoTime();
        Duration missing = Duration.ZERO;
        Duration now = Duration.ZERO;
        while (now.compareTo(WATCHED) < 0) {
            for (Client replica : replicas) {
                if (bookSequence(replica) == 0) {
                    missing = now;
                }
            }
            await().pollDelay(LOOK_EVERY).until(() -> true);
            now = Duration.ofNanos(System.nanoTime() - startNanos);
        }
        return missing;
    }

    /** Of the last event in a replica's book; 0 where it has no book. */
    private static long bookSequence(Client replica) throws IOException, InterruptedException {
        return replica.get(BOOK).body().path("sequence").asLong();
    }

    private static long ordersIn(Duration time, Load load) {
        long before = load.acknowledged();
        await().pollDelay(time).atMost(LIMIT).until(() -> true);
        return load.acknowledged() - before;
    }

    private static void signal(Supervised component, String name)
            throws IOException, InterruptedException {
        String pid = Long.toString(component.pid().orElseThrow());
        int status = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
        assertThat(status).isZero();
    }

    /** The replica that writes the projection, once one does. */
    private static String leader(RunningVenue venue) {
        return await().atMost(LIMIT)
                .until(() -> findLeader(venue), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> findLeader(RunningVenue venue) throws Exception {
        for (int i = 0; i < REPLICAS; i++) {
            JsonNode health = Client.anonymous(venue.replica(i)).get("/health").body();
            if (health.path("components")
                    .path("projection")
                    .path("role")
                    .asText()
                    .equals("LEADER")) {
                return Optional.of("api-" + i);
            }
        }
        return Optional.empty();
    }

    private static void report(String what, Duration back, Duration progress) {
        System.out.printf(
                "%s back after %d ms, %d further orders of each client %d ms later%n",
                what, back.toMillis(), SOME_ORDERS, progress.toMillis());
    }
}
