package io.outcry.api.auth;

import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs what hashes passwords on a few threads of its own, within an allowance of processor time, so
 * that a flood of sign-ins costs the orders next to nothing. Registrations wait in another line: a
 * flood of the one does not turn the other away. Safe for use by many threads.
 */
public final class CredentialWork implements AutoCloseable {
    private final CredentialLine signIns;
    private final CredentialLine registrations;

    /**
     * How much of each of the two may run and wait.
     *
     * @param threads above 0
     * @param queue how many may wait for a thread, above 0
     * @param maxWait after which work is given up unless it has begun: its sender has gone
     * @param signInShare seconds of a processor per second in the long run, above 0
     * @param registrationShare likewise; many register when a venue opens
     * @param burst of a processor's time, at once after a quiet time
     */
    public record Settings(
            int threads,
            int queue,
            Duration maxWait,
            double signInShare,
            double registrationShare,
            Duration burst) {}

    public CredentialWork(Settings settings, MeterRegistry registry) {
        signIns = new CredentialLine("sign-ins", settings, settings.signInShare(), registry);
        registrations =
                new CredentialLine(
                        "registrations", settings, settings.registrationShare(), registry);
    }

    /**
     * Signs someone in.
     *
     * @param address of the client
     * @throws ProblemException OVERLOADED when too much is waiting, of all or of that address; the
     *     future fails with it when the work has waited too long
     */
    <T> CompletableFuture<T> signIn(String address, Supplier<T> work) {
        return signIns.submit(address, work);
    }

    /** Registers someone; otherwise like {@link #signIn}. */
    <T> CompletableFuture<T> register(String address, Supplier<T> work) {
        return registrations.submit(address, work);
    }

    @Override
    public void close() {
        signIns.close();
        registrations.close();
    }
}
