package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in by their password. Whether a name exists shows neither in the answer nor in the
 * work that it takes. Safe for use by many threads.
 */
final class SignIn {
    private static final int MAX_LENGTH = 128;

    private static final Fields FIELDS = new Fields();
    private static final Field USERNAME = FIELDS.add("username");
    private static final Proof.Members PROOF = new Proof.Members(FIELDS);

    private final UserStore users;
    private final AccountStore accounts;
    private final AccountOpening opening;
    private final Sessions sessions;
    private final ProofCheck check;
    private final ClientAddress addresses;
    private final Audit audit;

    SignIn(
            UserStore users,
            AccountStore accounts,
            AccountOpening opening,
            Sessions sessions,
            ProofCheck check,
            ClientAddress addresses,
            Audit audit) {
        this.users = users;
        this.accounts = accounts;
        this.opening = opening;
        this.sessions = sessions;
        this.check = check;
        this.addresses = addresses;
        this.audit = audit;
    }

    void answer(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        String username = body.requiredString(USERNAME);
        Proof proof = PROOF.read(body);
        if (username.length() > MAX_LENGTH) {
            body.reject(USERNAME, "must have at most 128 characters");
        }
        body.throwIfInvalid();
        String address = addresses.site(exchange);
        exchange.answerLater(
                check.inLine(
                        address,
                        () -> find(username),
                        () -> signIn(exchange, username, proof, address)));
    }

    private @Nullable User find(String username) {
        return SignUp.isUsername(username) ? users.findByUsername(username).orElse(null) : null;
    }

    private User signIn(Exchange exchange, String username, Proof proof, String address) {
        User user = find(username);
        boolean passes = check.passes(exchange, username, user, proof, address);
        if (user == null || !passes) {
            audit.note(exchange, deed(user, Audit.Outcome.DENIED));
            throw refused();
        }
        if (accounts.find(user.accountId()).isEmpty()) {
            opening.open(user.accountId());
        }
        Sessions.Tokens tokens = sessions.begin(user, address);
        audit.note(exchange, deed(user, Audit.Outcome.DONE));
        SignedIn.answer(exchange, 200, user, tokens);
        return user;
    }

    private static Audit.Deed deed(@Nullable User user, Audit.Outcome outcome) {
        String id = user == null ? "" : user.id().toString();
        return new Audit.Deed(id, "session.begin", id, "", outcome);
    }

    private static ProblemException refused() {
        return new ProblemException(
                ErrorCode.INVALID_CREDENTIALS, "the username or the password is wrong");
    }
}
