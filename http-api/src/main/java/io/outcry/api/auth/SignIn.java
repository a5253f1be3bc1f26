package io.outcry.api.auth;

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

/**
 * Signs users in by their password. Whether a name exists shows neither in the answer nor in the
 * work that it takes. Safe for use by many threads.
 */
final class SignIn {
    private static final int MAX_LENGTH = 128;

    private static final Fields FIELDS = new Fields();
    private static final Field USERNAME = FIELDS.add("username");
    private static final Field PASSWORD = FIELDS.add("password");

    private final UserStore users;
    private final AccountStore accounts;
    private final AccountOpening opening;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final CredentialWork work;

    SignIn(
            UserStore users,
            AccountStore accounts,
            AccountOpening opening,
            Passwords passwords,
            AccessTokens tokens,
            CredentialWork work) {
        this.users = users;
        this.accounts = accounts;
        this.opening = opening;
        this.passwords = passwords;
        this.tokens = tokens;
        this.work = work;
    }

    void answer(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        String username = body.requiredString(USERNAME);
        String password = body.requiredString(PASSWORD);
        if (username.length() > MAX_LENGTH) {
            body.reject(USERNAME, "must have at most 128 characters");
        }
        if (password.length() > MAX_LENGTH) {
            body.reject(PASSWORD, "must have at most 128 characters");
        }
        body.throwIfInvalid();
        exchange.answerLater(
                work.submit(() -> signIn(username, password))
                        .thenAccept(user -> SignedIn.answer(exchange, 200, user, tokens)));
    }

    private User signIn(String username, String password) {
        User user =
                SignUp.isUsername(username) ? users.findByUsername(username).orElse(null) : null;
        if (user == null) {
            passwords.matchNobody(password);
            throw refused();
        }
        if (!passwords.matches(password, user.passwordHash())) {
            throw refused();
        }
        if (accounts.find(user.accountId()).isEmpty()) {
            opening.open(user.accountId());
        }
        return user;
    }

    private static ProblemException refused() {
        return new ProblemException(
                ErrorCode.INVALID_CREDENTIALS, "the username or the password is wrong");
    }
}
