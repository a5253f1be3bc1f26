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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in by their password. Whether a name exists shows neither in the answer nor in the
 * work that it takes. Safe for use by many threads.
 */
final class SignIn {
    private static final int MAX_LENGTH = 128;

    private static final Fields FIELDS = new Fields();
    private static final Field USERNAME = FIELDS.add("username");
    private static final Field PASSWORD = FIELDS.add("password");
    private static final Field CODE = FIELDS.add("code");

    private final UserStore users;
    private final AccountStore accounts;
    private final AccountOpening opening;
    private final Passwords passwords;
    private final Sessions sessions;
    private final ReturningUsers returning;
    private final FailedSignIns failures;
    private final SecondFactors factors;
    private final ClientAddress addresses;
    private final Audit audit;
    private final CredentialWork work;

    SignIn(
            UserStore users,
            AccountStore accounts,
            AccountOpening opening,
            Passwords passwords,
            Sessions sessions,
            ReturningUsers returning,
            FailedSignIns failures,
            SecondFactors factors,
            ClientAddress addresses,
            Audit audit,
            CredentialWork work) {
        this.users = users;
        this.accounts = accounts;
        this.opening = opening;
        this.passwords = passwords;
        this.sessions = sessions;
        this.returning = returning;
        this.failures = failures;
        this.factors = factors;
        this.addresses = addresses;
        this.audit = audit;
        this.work = work;
    }

    void answer(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        String username = body.requiredString(USERNAME);
        String password = body.requiredString(PASSWORD);
        String code = body.string(CODE);
        if (username.length() > MAX_LENGTH) {
            body.reject(USERNAME, "must have at most 128 characters");
        }
        if (password.length() > MAX_LENGTH) {
            body.reject(PASSWORD, "must have at most 128 characters");
        }
        body.throwIfInvalid();
        String address = addresses.site(exchange);
        Supplier<User> signIn =
                () -> {
                    User user = signIn(exchange, username, password, code, address);
                    SignedIn.answer(exchange, 200, user, sessions.begin(user, address));
                    return user;
                };
        exchange.answerLater(
                returns(username, address)
                        ? work.signInAgain(address, signIn)
                        : work.signIn(address, signIn));
    }

    private boolean returns(String username, String address) {
        return returning.mayBeAskedAbout(address) && returning.include(find(username), address);
    }

    private @Nullable User find(String username) {
        return SignUp.isUsername(username) ? users.findByUsername(username).orElse(null) : null;
    }

    private User signIn(
            Exchange exchange,
            String username,
            String password,
            @Nullable String code,
            String address) {
        User user = find(username);
        failures.admit(username, user, address);
        if (user == null || !hasShown(user, password, code)) {
            if (user == null) {
                passwords.matchNobody(password);
            }
            failures.failed(username, address);
            audit.note(exchange, deed(user, Audit.Outcome.DENIED));
            throw refused();
        }
        failures.succeeded(username, address);
        if (accounts.find(user.accountId()).isEmpty()) {
            opening.open(user.accountId());
        }
        audit.note(exchange, deed(user, Audit.Outcome.DONE));
        return user;
    }

    private boolean hasShown(User user, String password, @Nullable String code) {
        return passwords.matches(password, user.passwordHash())
                && factors.satisfied(user.id(), code);
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
