package io.outcry.api;

import io.outcry.api.audit.Audit;
import io.outcry.api.config.Settings;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.User;
import io.outcry.persistence.Persistence;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/**
 * What only whoever holds the database's password may do to a user: name an administrator, the
 * first of whom there is no other way to have, and let somebody in who has lost the second factor.
 * For one thread.
 */
final class UserCommand {
    private static final String GRANT = "grant-admin";
    private static final String REVOKE = "revoke-admin";
    private static final String REMOVE_FACTOR = "remove-second-factor";
    static final List<String> NAMES = List.of(GRANT, REVOKE, REMOVE_FACTOR);

    /** Who it was only the machine's owner knows. */
    private static final String ACTOR = "operator";

    private static final int FAILED = 1;

    private final Settings settings;
    private final PrintStream out;
    private final Clock clock;

    UserCommand(Settings settings, PrintStream out, Clock clock) {
        this.settings = settings;
        this.out = out;
        this.clock = clock;
    }

    /** Returns the process's status. */
    int run(String name, String username) {
        try (Persistence persistence =
                Persistence.open(Adapters.persistenceSettings(settings.database()))) {
            User user = persistence.users().findByUsername(username).orElse(null);
            if (user == null) {
                out.println("there is no user " + username);
                return FAILED;
            }
            out.println(
                    switch (name) {
                        case GRANT -> become(persistence, user, User.Role.ADMIN);
                        case REVOKE -> become(persistence, user, User.Role.TRADER);
                        default -> removeFactor(persistence, user);
                    });
            return 0;
        }
    }

    /** The user's sessions end, since tokens tell the role. */
    private String become(Persistence persistence, User user, User.Role role) {
        note(persistence, user, "user.role", role.name());
        persistence.users().setRole(user.username(), role);
        persistence.sessions().endAll(user.id(), clock.instant());
        return user.username() + " is " + role + " now, and has to sign in again";
    }

    private String removeFactor(Persistence persistence, User user) {
        if (persistence.secondFactors().findSecondFactor(user.id()).isEmpty()) {
            return user.username() + " had no second factor";
        }
        note(persistence, user, "second_factor.remove", "");
        boolean unused = persistence.secondFactors().remove(user.id());
        return user.username() + " signs in with the password alone now";
    }

    /** First, so that nothing is done that was not noted. */
    private void note(Persistence persistence, User user, String action, String detail) {
        String subject = user.id().toString();
        String done = Audit.Outcome.DONE.name();
        persistence
                .audit()
                .add(
                        new AuditLog.Entry(
                                clock.instant(), ACTOR, action, subject, detail, done, "", ""));
    }
}
