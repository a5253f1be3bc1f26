package io.outcry.load.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run saw.
 *
 * @param elapsedNanos from the start of the measured time to the last answer in it
 * @param cpuNanos that this process used in the whole of the clocked time, warm-up included
 * @param health what the target said of itself before the run, null for nothing
 */
public record RunResult(
        Settings settings,
        Instant startedAt,
        Registrations registrations,
        List<ClientResult> clients,
        long elapsedNanos,
        long cpuNanos,
        @Nullable JsonNode health) {

    /** One client's part. */
    public record ClientResult(
            int client, String username, Tally warmup, Tally orders, Tally cancels) {}
}
