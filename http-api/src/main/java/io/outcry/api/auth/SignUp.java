package io.outcry.api.auth;

import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.User;
import io.outcry.domain.store.UserStore;
import io.outcry.domain.store.UserStore.Registration;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Registers users. A user is added first and the account opened then; one that was left between the
 * two is completed by the same registration sent again, or by signing in. Safe for use by many
 * threads.
 */
final class SignUp {
    private static final int MAX_EMAIL = 254;
    private static final int MAX_FULL_NAME = 128;
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{2,31}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+");
    private static final Pattern FULL_NAME = Pattern.compile("[^\\p{Cntrl}]+");

    private static final Fields FIELDS = new Fields();
    private static final Field USERNAME_FIELD = FIELDS.add("username");
    private static final Field EMAIL_FIELD = FIELDS.add("email");
    private static final Field PASSWORD_FIELD = FIELDS.add("password");
    private static final Field FULL_NAME_FIELD = FIELDS.add("full_name");

    private final UserStore users;
    private final AccountOpening opening;
    private final NewPassword newPassword;
    private final Passwords passwords;
    private final Sessions sessions;
    private final FailedSignIns failures;
    private final ClientAddress addresses;
    private final CredentialWork work;

    SignUp(
            UserStore users,
            AccountOpening opening,
            NewPassword newPassword,
            Passwords passwords,
            Sessions sessions,
            FailedSignIns failures,
            ClientAddress addresses,
            CredentialWork work) {
        this.users = users;
        this.opening = opening;
        this.newPassword = newPassword;
        this.passwords = passwords;
        this.sessions = sessions;
        this.failures = failures;
        this.addresses = addresses;
        this.work = work;
    }

    private record Request(
            String username, String email, String password, @Nullable String fullName) {
        @Override
        public String toString() {
            return "Request[" + username + "]";
        }
    }

    void answer(Exchange exchange) throws IOException {
        Request request = read(exchange.body(FIELDS));
        String address = addresses.site(exchange);
        exchange.answerLater(
                work.register(
                        address,
                        () -> {
                            User user = register(request, address);
                            SignedIn.answer(exchange, 201, user, sessions.begin(user, address));
                            return user;
                        }));
    }

    /** Whether a user can have that name. */
    static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    private Request read(FlatObject body) {
        String username = body.requiredString(USERNAME_FIELD);
        String email = body.requiredString(EMAIL_FIELD);
        String password = newPassword.read(body, PASSWORD_FIELD);
        String fullName = body.string(FULL_NAME_FIELD);
        if (body.has(USERNAME_FIELD) && !isUsername(username)) {
            body.reject(
                    USERNAME_FIELD,
                    "must be 3-32 of A-Z a-z 0-9 _ . - and begin with a letter or digit");
        }
        if (body.has(EMAIL_FIELD)
                && (email.length() > MAX_EMAIL || !EMAIL.matcher(email).matches())) {
            body.reject(EMAIL_FIELD, "must be an e-mail address of at most 254 characters");
        }
        if (fullName != null
                && (fullName.length() > MAX_FULL_NAME || !FULL_NAME.matcher(fullName).matches())) {
            body.reject(FULL_NAME_FIELD, "must have 1 to 128 characters, none of them control");
        }
        body.throwIfInvalid();
        return new Request(username, email, password, fullName);
    }

    private User register(Request request, String address) {
        NewUser newUser =
                new NewUser(
                        request.username(),
                        request.email(),
                        request.fullName(),
                        passwords.hash(request.password()));
        Registration registration = users.add(newUser);
        if (registration instanceof Registration.Registered registered) {
            opening.open(registered.user().accountId());
            return registered.user();
        }
        if (registration instanceof Registration.UsernameTaken) {
            return complete(request, address);
        }
        throw Problem.ofField(ErrorCode.EMAIL_TAKEN, "email", "is registered already")
                .toException();
    }

    /** Tells whether a password is right, as signing in does, and so costs and counts the same. */
    private User complete(Request request, String address) {
        User user = users.findByUsername(request.username()).orElse(null);
        failures.admit(request.username(), user, address);
        if (user == null || !isOfOneNotOpen(request, user)) {
            failures.failed(request.username(), address);
            throw Problem.ofField(ErrorCode.USERNAME_TAKEN, "username", "is taken").toException();
        }
        opening.open(user.accountId());
        return user;
    }

    /** All is asked whatever the answers are, so that how long it takes tells none of them. */
    private boolean isOfOneNotOpen(Request request, User user) {
        boolean email = user.email().equalsIgnoreCase(request.email());
        boolean password = passwords.matches(request.password(), user.passwordHash());
        boolean open = opening.isOpen(user.accountId());
        return email && password && !open;
    }
}
