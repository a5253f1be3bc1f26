package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import io.outcry.domain.store.UserStore.PasswordChange;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** Changes passwords. Safe for use by many threads. */
final class PasswordRoutes {
    private static final String ACTION = "password.change";

    private static final Fields FIELDS = new Fields();
    private static final Proof.Members PROOF = new Proof.Members(FIELDS);
    private static final Field NEW_PASSWORD = FIELDS.add("new_password");

    private final UserStore users;
    private final NewPassword newPassword;
    private final Passwords passwords;
    private final EndedCredentials ended;
    private final StepUp stepUp;
    private final Audit audit;
    private final Clock clock;

    PasswordRoutes(
            UserStore users,
            NewPassword newPassword,
            Passwords passwords,
            EndedCredentials ended,
            StepUp stepUp,
            Audit audit,
            Clock clock) {
        this.users = users;
        this.newPassword = newPassword;
        this.passwords = passwords;
        this.ended = ended;
        this.stepUp = stepUp;
        this.audit = audit;
        this.clock = clock;
    }

    /** From now on signing in takes the new one; the user's other sessions end. */
    void change(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        Proof proof = PROOF.read(body);
        String password = newPassword.read(body, NEW_PASSWORD);
        body.throwIfInvalid();
        stepUp.then(exchange, proof, ACTION, user -> change(exchange, user, password));
    }

    private void change(Exchange exchange, User user, String password) throws IOException {
        PasswordChange change =
                new PasswordChange(
                        user.id(),
                        user.passwordHash(),
                        passwords.hash(password),
                        exchange.caller().credential(),
                        clock.instant());
        Set<UUID> others =
                users.changePassword(change).orElseThrow(() -> overtaken(exchange, user));
        others.forEach(ended::add);
        note(exchange, user, "sessions ended: " + others.size(), Audit.Outcome.DONE);
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeBooleanField("password_changed", true);
                    json.writeNumberField("sessions_ended", others.size());
                    json.writeEndObject();
                });
    }

    /** As if this change had come after the other. */
    private ProblemException overtaken(Exchange exchange, User user) {
        note(exchange, user, "changed meanwhile", Audit.Outcome.DENIED);
        return new ProblemException(
                ErrorCode.INVALID_CREDENTIALS, "the password was changed meanwhile");
    }

    private void note(Exchange exchange, User user, String detail, Audit.Outcome outcome) {
        String id = user.id().toString();
        audit.note(exchange, new Deed(id, ACTION, id, detail, outcome));
    }
}
