package io.outcry.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Run.Setting UNCAPPED = new Run.Setting("local", "none");
    private static final Run.Setting CAPPED = new Run.Setting("compose", "0.2");

    private static Run run(Run.Setting setting, int replicas, double rate, long failed) {
        return run(
                setting,
                replicas,
                rate,
                failed,
                new TreeMap<>(Map.of("api", 45.0, "engine", 15.0)));
    }

    private static Run run(
            Run.Setting setting,
            int replicas,
            double rate,
            long failed,
            SortedMap<String, Double> cpuSeconds) {
        return new Run(
                setting,
                replicas,
                rate,
                2,
                9,
                failed,
                30,
                240,
                cpuSeconds,
                List.of(0.19, setting.capped() && failed > 0 ? 0.25 : 0.2),
                "2 cores",
                "2026-01-01T00:00:00Z",
                "abc");
    }

    private static List<Run> runs(Run.Setting setting, double... rates) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < rates.length; i++) {
            runs.add(run(setting, 1 << i, rates[i], 0));
        }
        return runs;
    }

    private static String word(List<Run> runs, String claim) {
        return Verdict.of(Series.of(runs)).stream()
                .filter(verdict -> verdict.claim().contains(claim))
                .findFirst()
                .orElseThrow()
                .word();
    }

    @Test
    void aRegressionWithEightReplicasIsSaid() {
        assertThat(word(runs(UNCAPPED, 9_000, 10_000, 10_000, 9_600), "95 %")).isEqualTo("holds");
        assertThat(word(runs(UNCAPPED, 9_000, 10_000, 10_000, 9_400), "95 %"))
                .isEqualTo("DOES NOT HOLD");
    }

    @Test
    void whatWasNotRunIsNotJudged() {
        assertThat(word(runs(UNCAPPED, 9_000, 10_000), "95 %")).isEqualTo("not measured");
        assertThat(word(runs(CAPPED, 1_000), "3.6 times")).isEqualTo("not measured");
    }

    @Test
    void fourCappedReplicasAreComparedWithOne() {
        assertThat(word(runs(CAPPED, 1_000, 2_000, 3_600), "3.6 times")).isEqualTo("holds");
        assertThat(word(runs(CAPPED, 1_000, 2_000, 3_500), "3.6 times")).isEqualTo("DOES NOT HOLD");
    }

    @Test
    void theMedianOfTheRoundsDecides() {
        List<Run> runs = new ArrayList<>(runs(UNCAPPED, 12_500));
        runs.add(run(UNCAPPED, 1, 12_400, 0));
        runs.add(run(UNCAPPED, 1, 3_000, 0));
        assertThat(word(runs, "12,000")).isEqualTo("holds");
        assertThat(Series.of(runs).get(0).points().get(0).low()).isEqualTo(3_000);
    }

    @Test
    void oneFailedOrderIsSaid() {
        List<Run> runs = new ArrayList<>(runs(UNCAPPED, 12_500));
        runs.add(run(UNCAPPED, 2, 12_400, 1));
        assertThat(word(runs, "failed")).isEqualTo("DOES NOT HOLD");
    }

    @Test
    void aCapThatDoesNotHoldIsSaid() {
        assertThat(word(runs(CAPPED, 1_000), "more than its share")).isEqualTo("holds");
        List<Run> overstepped = List.of(run(CAPPED, 2, 1_000, 1));
        assertThat(word(overstepped, "more than its share")).isEqualTo("DOES NOT HOLD");
    }

    @Test
    void aMachineThatIsNotUsedUpIsSaid() {
        // Two of two cores, then three quarters of that.
        assertThat(word(runs(UNCAPPED, 12_500), "of the machine")).isEqualTo("holds");
        assertThat(word(List.of(using(UNCAPPED, 1, 30, 15)), "of the machine"))
                .isEqualTo("DOES NOT HOLD");
        assertThat(word(List.of(using(UNCAPPED, 1)), "of the machine")).isEqualTo("not measured");
    }

    /** A run knows the processors of the load generator's machine alone. */
    @Test
    void aClustersProcessorsAreNotTakenForThoseOfThisMachine() {
        Run.Setting cluster = new Run.Setting("cluster", "none");
        assertThat(word(List.of(using(cluster, 1, 30, 30)), "of the machine"))
                .isEqualTo("not measured");
    }

    @Test
    void replicasThatLeaveTheirShareUnusedAreSaid() {
        // Of two fifths of a core for 30 s, whatever the engine used.
        assertThat(word(List.of(using(CAPPED, 2, 11.4, 5)), "shares")).isEqualTo("holds");
        assertThat(word(List.of(using(CAPPED, 2, 10.5, 30)), "shares")).isEqualTo("DOES NOT HOLD");
    }

    /** A run of 30 s with so many seconds of processor time of the replicas, then the engine. */
    private static Run using(Run.Setting setting, int replicas, double... seconds) {
        SortedMap<String, Double> cpu = new TreeMap<>();
        for (int i = 0; i < seconds.length; i++) {
            cpu.put(i == 0 ? "api" : "engine", seconds[i]);
        }
        return run(setting, replicas, 1_000, 0, cpu);
    }

    @Test
    void thePageNeedsNothingElse() {
        List<Series> all = Series.of(runs(UNCAPPED, 9_000, 10_000, 10_000, 9_600));
        assertThat(HtmlPage.of(all, Verdict.of(all), "about <it>"))
                .contains("<svg", "about &lt;it&gt;", "9,600")
                .doesNotContain("src=", "href=", "url(");
    }
}
