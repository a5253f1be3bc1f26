package io.outcry.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.outcry.api.metrics.StageTimers;
import io.outcry.persistence.Persistence;
import java.util.concurrent.TimeUnit;

/** How long PostgreSQL and Redis take, by what for. Safe for use by many threads. */
final class StoreTimes implements Persistence.Times {
    private final Timer connections;
    private final StageTimers queries;
    private final Timer writes;
    private final StageTimers calls;

    StoreTimes(MeterRegistry registry) {
        connections =
                StageTimers.alone(
                        registry,
                        "outcry.database.waits",
                        "Queries that wait for a connection of the pool");
        queries =
                new StageTimers(
                        registry,
                        "outcry.database.queries",
                        "Queries of PostgreSQL, with their wait for a connection",
                        "query");
        writes =
                StageTimers.alone(
                        registry,
                        "outcry.projection.writes",
                        "Batches of events that were written to PostgreSQL, each in one"
                                + " transaction");
        calls =
                new StageTimers(
                        registry,
                        "outcry.redis.calls",
                        "Calls of Redis, with their wait for a connection",
                        "call");
    }

    @Override
    public void waited(long nanos) {
        connections.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void queried(String what, long nanos) {
        queries.record(what, nanos);
    }

    @Override
    public void wrote(long nanos) {
        writes.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Redis was called. */
    void called(String what, long nanos) {
        calls.record(what, nanos);
    }
}
