package io.outcry.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;

/** Reads the runs of a folder and writes what they show into another. */
public final class Main {
    private static final int WRONG_USE = 2;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: outcry-report RUNS_DIRECTORY OUTPUT_DIRECTORY");
            System.exit(WRONG_USE);
        }
        List<Run> runs = read(Path.of(arguments[0]));
        if (runs.isEmpty()) {
            System.err.println("there is no run in " + arguments[0]);
            System.exit(WRONG_USE);
        }
        List<Series> all = Series.of(runs);
        List<Verdict> verdicts = Verdict.of(all);
        Path output = Path.of(arguments[1]);
        Files.writeString(output.resolve("report.html"), HtmlPage.of(all, verdicts, about(runs)));
        Files.writeString(output.resolve("report.md"), Markdown.of(all, verdicts, about(runs)));
        verdicts.forEach(
                verdict ->
                        System.out.println(
                                verdict.word()
                                        + ": "
                                        + verdict.claim()
                                        + " ("
                                        + verdict.reason()
                                        + ")"));
    }

    private static List<Run> read(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
        List<Run> runs = new ArrayList<>();
        for (Path file : files) {
            runs.add(Run.read(file));
        }
        return runs;
    }

    private static String about(List<Run> runs) {
        Run first = runs.get(0);
        String commit = first.commit().isEmpty() ? "unknown" : first.commit();
        IntSummaryStatistics warmUp =
                runs.stream().mapToInt(Run::warmUpSeconds).summaryStatistics();
        return String.format(
                "40 clients, market flow, back to back; %d runs of %.0f s after %d to %d s under load, on"
                        + " %s, the load generator on the same cores; first run %s, commit %s.",
                runs.size(),
                first.seconds(),
                warmUp.getMin(),
                warmUp.getMax(),
                first.machine(),
                first.startedAt(),
                commit);
    }
}
