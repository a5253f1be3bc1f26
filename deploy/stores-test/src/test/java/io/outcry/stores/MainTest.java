package io.outcry.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands' own short versions. */
class MainTest {
    private static final Path ENGINE =
            Path.of("../../engine-cpp/target/outcry-engine").toAbsolutePath();

    @TempDir Path directory;

    @Test
    void nothingIsMissingOrThereTwiceAfterKills() {
        StringWriter out = new StringWriter();

        int status =
                command(out)
                        .execute(
                                "kills",
                                "--orders=6000",
                                "--accounts=40",
                                "--symbols=5",
                                "--kills=6",
                                "--restarts=1",
                                "--engine=" + ENGINE,
                                "--data=" + directory);

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString().lines().filter(line -> line.endsWith("equal"))).hasSize(14);
        assertThat(out.toString()).containsPattern("ledger +[1-9][0-9,]+ rows");
    }

    @Test
    void aJournalIsProjectedFromItsFirstEvent() {
        StringWriter out = new StringWriter();

        int status =
                command(out)
                        .execute(
                                "rebuild",
                                "--events=5000",
                                "--accounts=20",
                                "--check",
                                "--engine=" + ENGINE,
                                "--data=" + directory);

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).containsPattern("[1-9][0-9,]+ events projected in");
    }

    @Test
    void everyQueryOfALargeDatabaseIsTimedAndAgainOfWhatIsFilled() {
        StringWriter filling = new StringWriter();
        StringWriter again = new StringWriter();
        String[] plans = {
            "plans", "--orders=20000", "--samples=20", "--limit-ms=2000", "--data=" + directory
        };

        int filled = command(filling).execute(plans);
        String[] more = Arrays.copyOf(plans, plans.length + 1);
        more[plans.length] = "--filled";
        int timed = command(again).execute(more);

        assertThat(filled).as(filling.toString()).isZero();
        assertThat(timed).as(again.toString()).isZero();
        for (String out : List.of(filling.toString(), again.toString())) {
            assertThat(out.lines().filter(line -> line.contains(" p99 "))).hasSize(31);
            assertThat(out).contains("1,000 open orders read");
        }
        assertThat(filling.toString()).contains("events written in");
        assertThat(again.toString()).doesNotContain("events written in");
    }

    @Test
    void howFarBehindTheProjectorIsIsTold() {
        StringWriter out = new StringWriter();

        int status =
                command(out)
                        .execute(
                                "lag",
                                "--rate=1000",
                                "--seconds=2",
                                "--backlog=4000",
                                "--limit-ms=60000",
                                "--most-core=200",
                                "--least-catch-up=1",
                                "--data=" + directory);

        assertThat(status).as(out.toString()).isZero();
        assertThat(out.toString()).containsPattern("lag p50 .* ms").contains("time an order");
    }

    private static CommandLine command(StringWriter out) {
        return new CommandLine(new Main()).setOut(new PrintWriter(out, true));
    }
}
