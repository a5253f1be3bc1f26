package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.api.config.Settings;
import io.outcry.domain.store.AuditLog.Entry;
import io.outcry.domain.store.NewUser;
import io.outcry.domain.store.Page;
import io.outcry.domain.store.User;
import io.outcry.persistence.Persistence;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands for users, on a real database. */
class UserCommandTest {
    @TempDir private Path directory;

    private RealServers servers;
    private Settings settings;
    private Persistence persistence;
    private User ann;

    @BeforeEach
    void open() throws Exception {
        servers = RealServers.start(directory.resolve("journal"));
        settings = TestVenue.settings(servers.environment());
        persistence = Persistence.open(Adapters.persistenceSettings(settings.database()));
        persistence.migrate();
        persistence.users().add(new NewUser("ann", "ann@example.com", null, "hash"));
        ann = persistence.users().findByUsername("ann").orElseThrow();
    }

    @AfterEach
    void close() throws Exception {
        persistence.close();
        servers.close();
    }

    private String run(String command, String name) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = new UserCommand(settings, out, Clock.systemUTC()).run(command, name);
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    private List<Entry> noted() {
        return persistence.audit().list(null, new Page(Long.MAX_VALUE, 10)).stream()
                .map(numbered -> numbered.entry())
                .toList();
    }

    @Test
    void whatIsDoneToAUserIsNoted() {
        assertThat(run("grant-admin", "ann")).startsWith("0 ann is ADMIN now");
        assertThat(persistence.users().findByUsername("ann").orElseThrow().role())
                .isEqualTo(User.Role.ADMIN);
        assertThat(run("revoke-admin", "ann")).startsWith("0 ann is TRADER now");
        persistence.secondFactors().begin(ann.id(), "sealed");
        assertThat(run("remove-second-factor", "ann")).startsWith("0 ann signs in with the");

        assertThat(noted())
                .extracting(entry -> entry.actor() + " " + entry.action() + " " + entry.detail())
                .containsExactly(
                        "operator second_factor.remove ",
                        "operator user.role TRADER",
                        "operator user.role ADMIN");
        assertThat(noted()).allMatch(entry -> entry.subject().equals(ann.id().toString()));
    }

    @Test
    void whatChangesNothingIsSaidAndNotNoted() {
        assertThat(run("grant-admin", "bob")).isEqualTo("1 there is no user bob");
        assertThat(run("remove-second-factor", "ann")).isEqualTo("0 ann had no second factor");
        assertThat(noted()).isEmpty();
    }
}
