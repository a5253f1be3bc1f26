package io.outcry.api.auth;

import io.micrometer.core.instrument.MeterRegistry;
import io.outcry.api.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Runs what hashes passwords on a few threads of its own, within an allowance of processor time, so
 * that a flood of sign-ins costs the orders next to nothing. Those who return to an address wait in
 * another line than strangers, and registrations in a third: a flood of the one does not turn the
 * other away. Safe for use by many threads.
 */
public final class CredentialWork implements AutoCloseable {
    private final CredentialLine signIns;
    private final CredentialLine returning;
    private final CredentialLine registrations;

    /**
     * How much of each of the three may run and wait.
     *
     * @param threads above 0
     * @param queue how many may wait for a thread, above 0
     * @param maxWait after which work is given up unless it has begun: its sender has gone
     * @param signInShare seconds of a processor per second in the long run, above 0; half of it is
     *     kept for those who return
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
        double half = settings.signInShare() / 2;
        signIns = new CredentialLine("sign-ins", settings, half, registry);
        returning = new CredentialLine("returning", settings, half, registry);
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

    /**
     * Signs someone in who has signed in from the address before; otherwise like {@link #signIn},
     * whose line they join when theirs is full.
     */
    <T> CompletableFuture<T> signInAgain(String address, Supplier<T> work) {
        return returning.offer(address, work).orElseGet(() -> signIns.submit(address, work));
    }

    /** Registers someone; otherwise like {@link #signIn}. */
    <T> CompletableFuture<T> register(String address, Supplier<T> work) {
        return registrations.submit(address, work);
    }

    @Override
    public void close() {
        signIns.close();
        returning.close();
        registrations.close();
    }
}
