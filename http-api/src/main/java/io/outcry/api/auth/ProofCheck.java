package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.Exchange;
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
    private final Audit audit;

    ProofCheck(
            Passwords passwords,
            SecondFactors factors,
            FailedSignIns failures,
            ReturningUsers returning,
            CredentialWork work,
            Audit audit) {
        this.passwords = passwords;
        this.factors = factors;
        this.failures = failures;
        this.returning = returning;
        this.work = work;
        this.audit = audit;
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
     * Whether it is the user; of nobody it takes as long to tell. That a recovery code was used is
     * noted: there is one fewer of them. For the threads of the lines.
     *
     * @param name that failures are counted for
     * @throws ProblemException RATE_LIMITED, SECOND_FACTOR_REQUIRED
     */
    boolean passes(
            Exchange exchange, String name, @Nullable User user, Proof proof, String address) {
        failures.admit(name, user, address);
        if (user == null) {
            passwords.matchNobody(proof.password());
        } else if (hasShown(exchange, user, proof)) {
            failures.succeeded(name, address);
            return true;
        }
        failures.failed(name, address);
        return false;
    }

    private boolean hasShown(Exchange exchange, User user, Proof proof) {
        if (!passwords.matches(proof.password(), user.passwordHash())) {
            return false;
        }
        SecondFactors.Shown shown = factors.check(user.id(), proof.code());
        if (shown == SecondFactors.Shown.RECOVERY_CODE) {
            String id = user.id().toString();
            audit.note(
                    exchange,
                    new Deed(id, "second_factor.recovery_code", id, "", Audit.Outcome.DONE));
        }
        return shown != SecondFactors.Shown.TOO_LITTLE;
    }
}
