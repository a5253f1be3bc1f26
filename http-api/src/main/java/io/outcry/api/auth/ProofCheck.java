package io.outcry.api.auth;

import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.User;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks what is to show that it is the user, in the bounded lines of {@link CredentialWork} and
 * counting failures: those of signing in and of confirming what was signed in for are the same, so
 * that neither gives a guess more. Safe for use by many threads.
 */
final class ProofCheck {
    private final Passwords passwords;
    private final SecondFactors factors;
    private final FailedSignIns failures;
    private final ReturningUsers returning;
    private final CredentialWork work;

    ProofCheck(
            Passwords passwords,
            SecondFactors factors,
            FailedSignIns failures,
            ReturningUsers returning,
            CredentialWork work) {
        this.passwords = passwords;
        this.factors = factors;
        this.failures = failures;
        this.returning = returning;
        this.work = work;
    }

    /**
     * Runs work that checks, in its line.
     *
     * @param user finds who it is for, null: nobody
     * @throws ProblemException OVERLOADED, at once or in the future
     */
    <T> CompletableFuture<T> inLine(
            String address, Supplier<@Nullable User> user, Supplier<T> checking) {
        boolean returns =
                returning.mayBeAskedAbout(address) && returning.include(user.get(), address);
        return returns ? work.signInAgain(address, checking) : work.signIn(address, checking);
    }

    /**
     * Whether it is the user; of nobody it takes as long to tell. For the threads of the lines.
     *
     * @param name that failures are counted for
     * @throws ProblemException RATE_LIMITED, SECOND_FACTOR_REQUIRED
     */
    boolean passes(String name, @Nullable User user, Proof proof, String address) {
        failures.admit(name, user, address);
        if (user == null) {
            passwords.matchNobody(proof.password());
        } else if (hasShown(user, proof)) {
            failures.succeeded(name, address);
            return true;
        }
        failures.failed(name, address);
        return false;
    }

    private boolean hasShown(User user, Proof proof) {
        return passwords.matches(proof.password(), user.passwordHash())
                && factors.satisfied(user.id(), proof.code());
    }
}
