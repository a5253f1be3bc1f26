package io.outcry.api;

import io.outcry.api.config.Settings;
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.PersistenceSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * Brings the database's schema up to date in a process of its own, before a replica does it in its
 * first seconds: no probe ends this one, however long it takes. For one thread.
 */
final class MigrateCommand {
    static final String NAME = "migrate";
    private static final int FAILED = 1;

    private final PersistenceSettings database;
    private final PrintStream out;

    MigrateCommand(Settings settings, PrintStream out) {
        this.database = Adapters.persistenceSettings(settings.database());
        this.out = out;
    }

    /** Returns the process's status. A database that does not answer is waited for. */
    int run() throws InterruptedException {
        try (Persistence persistence = Persistence.open(database)) {
            while (!migrated(persistence)) {
                TimeUnit.SECONDS.sleep(1);
            }
            out.println("the database has this version's schema");
            return 0;
        } catch (RuntimeException e) {
            out.println("the database was not migrated: " + reason(e));
            return FAILED;
        }
    }

    private boolean migrated(Persistence persistence) {
        try {
            persistence.migrate();
            return true;
        } catch (StoreUnavailableException e) {
            out.println("waiting for the database: " + reason(e));
            return false;
        }
    }

    /** The database's own words, where they are not in the message already. */
    private static String reason(RuntimeException e) {
        Throwable told = e.getCause() instanceof SQLException cause ? cause : e;
        return String.valueOf(told.getMessage());
    }
}
