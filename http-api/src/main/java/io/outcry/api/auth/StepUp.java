package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

/**
 * Has who is signed in show the password anew, before what would outlast the session: an access
 * token that was stolen must not become access for good. Safe for use by many threads.
 */
final class StepUp {
    private final UserStore users;
    private final ProofCheck check;
    private final ClientAddress addresses;
    private final Audit audit;

    StepUp(UserStore users, ProofCheck check, ClientAddress addresses, Audit audit) {
        this.users = users;
        this.check = check;
        this.addresses = addresses;
        this.audit = audit;
    }

    /** Does and answers what was asked. */
    @FunctionalInterface
    interface Action {
        /**
         * Does it.
         *
         * @param user as it was when the proof was found right
         */
        void answer(User user) throws IOException;
    }

    /**
     * Goes on if it is the user; answers INVALID_CREDENTIALS, SECOND_FACTOR_REQUIRED, RATE_LIMITED
     * or OVERLOADED otherwise.
     *
     * @param name of what was asked, for the audit log
     */
    void then(Exchange exchange, Proof proof, String name, Action action) {
        String address = addresses.site(exchange);
        exchange.answerLater(
                check.inLine(
                        address,
                        () -> user(exchange),
                        () -> {
                            // Anew: the password may have been changed while this was waiting.
                            User user = user(exchange);
                            require(exchange, user, proof, name, address);
                            run(action, user);
                            return user;
                        }));
    }

    private User user(Exchange exchange) {
        return users.findById(UUID.fromString(exchange.caller().userId())).orElseThrow();
    }

    private void require(Exchange exchange, User user, Proof proof, String name, String address) {
        if (!check.passes(exchange, user.username(), user, proof, address)) {
            String id = user.id().toString();
            audit.note(exchange, new Deed(id, name, id, "", Audit.Outcome.DENIED));
            throw new ProblemException(
                    ErrorCode.INVALID_CREDENTIALS, "the password or the code is wrong");
        }
    }

    private static void run(Action action, User user) {
        try {
            action.answer(user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
