package io.outcry.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.testing.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Whoever wants to hears how long the database takes. */
class TimesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HeardTimes heard = new HeardTimes();

    private static final class HeardTimes implements Persistence.Times {
        private final List<Long> waits = new CopyOnWriteArrayList<>();
        private final List<String> queries = new CopyOnWriteArrayList<>();
        private final List<Long> lasted = new CopyOnWriteArrayList<>();
        private final List<Long> writes = new CopyOnWriteArrayList<>();

        @Override
        public void waited(long nanos) {
            waits.add(nanos);
        }

        @Override
        public void queried(String what, long nanos) {
            queries.add(what);
            lasted.add(nanos);
        }

        @Override
        public void wrote(long nanos) {
            writes.add(nanos);
        }
    }

    @Test
    void aQueryIsHeardByItsNameAndItsWaitForAConnectionApart() {
        try (Persistence persistence =
                Persistence.open(TestDatabase.migrated().settings(), heard)) {
            assertThat(persistence.users().findByUsername("alice")).isEmpty();
        }
        assertThat(heard.queries).containsExactly("finding a user");
        assertThat(heard.waits).hasSize(1);
        assertThat(heard.lasted.get(0)).isGreaterThan(heard.waits.get(0));
    }

    @Test
    void aBatchIsHeardOnceItIsWrittenAndAnEmptyOneNever() {
        FakeFeed feed = new FakeFeed();
        try (Persistence persistence = Persistence.open(TestDatabase.migrated().settings(), heard);
                Projector projector = persistence.project(feed)) {
            await().atMost(PATIENCE)
                    .until(() -> projector.status().role() == Projector.Role.LEADER);
            assertThat(heard.writes).isEmpty();
            feed.add(new EventFlow(7).take(100));
            await().atMost(PATIENCE).until(() -> projector.status().position() == 100);
        }
        assertThat(heard.writes).isNotEmpty().allMatch(nanos -> nanos > 0);
    }

    @Test
    void aWaitInVainIsHeardToo() throws IOException {
        String nowhere = "jdbc:postgresql://127.0.0.1:" + FreePorts.one() + "/outcry";
        try (Persistence absent =
                Persistence.open(PersistenceSettings.of(nowhere, "u", "p"), heard)) {
            assertThatThrownBy(() -> absent.users().findByUsername("alice"))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(heard.queries).containsExactly("finding a user");
        assertThat(heard.waits).hasSize(1);
    }
}
