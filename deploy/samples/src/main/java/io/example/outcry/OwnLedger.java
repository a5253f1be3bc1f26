package io.example.outcry;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.store.StatementStore.Format;
import io.outcry.domain.store.StatementStore.Period;
import io.outcry.domain.store.StatementStore.Subject;
import io.outcry.persistence.Persistence;
import io.outcry.persistence.PersistenceSettings;
import io.outcry.persistence.Projector;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** persistence in a program of one's own, on any PostgreSQL and with events from anywhere. */
public final class OwnLedger {
    private OwnLedger() {}

    /** Projects a feed until that event, then writes what it changed in an account. */
    public static void write(
            PersistenceSettings database,
            EventFeed feed,
            long until,
            AccountId account,
            OutputStream out)
            throws IOException, InterruptedException {
        try (Persistence persistence = Persistence.open(database)) {
            persistence.migrate();
            try (Projector projector = persistence.project(feed)) {
                if (!persistence.watch().await(until, Duration.ofSeconds(30))) {
                    throw new IllegalStateException("still behind: " + projector.status());
                }
            }
            persistence.statements().write(account, Subject.LEDGER, Period.ALWAYS, Format.CSV, out);
        }
    }
}
