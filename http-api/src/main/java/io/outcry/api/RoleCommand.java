package io.outcry.api;

import io.outcry.api.config.Settings;
import io.outcry.domain.store.User;
import io.outcry.persistence.Persistence;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/**
 * Lets a user administer the venue, or no more. Whoever may run it holds the database's password,
 * which is the only way to become the first administrator. For one thread.
 */
final class RoleCommand {
    static final String GRANT = "grant-admin";
    static final String REVOKE = "revoke-admin";
    static final List<String> NAMES = List.of(GRANT, REVOKE);

    private static final int FAILED = 1;

    private final Settings settings;
    private final PrintStream out;
    private final Clock clock;

    RoleCommand(Settings settings, PrintStream out, Clock clock) {
        this.settings = settings;
        this.out = out;
        this.clock = clock;
    }

    /** Returns the process's status. The user's sessions end, since tokens tell the role. */
    int run(String name, String username) {
        User.Role role = name.equals(GRANT) ? User.Role.ADMIN : User.Role.TRADER;
        try (Persistence persistence =
                Persistence.open(Adapters.persistenceSettings(settings.database()))) {
            if (!persistence.users().setRole(username, role)) {
                out.println("there is no user " + username);
                return FAILED;
            }
            persistence
                    .users()
                    .findByUsername(username)
                    .ifPresent(user -> persistence.sessions().endAll(user.id(), clock.instant()));
        }
        out.println(username + " is " + role + " now, and has to sign in again");
        return 0;
    }
}
