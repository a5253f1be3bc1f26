package io.outcry.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What dashboards and alerts ask for is what engine and replicas count, by their sources. */
class MetricNamesTest {
    private static final Pattern ASKED = Pattern.compile("\\boutcry_[a-z_]+");

    /** Of a gauge there is none, of a counter the first; the others are of timers. */
    private static final String SUFFIX = "(_total|(_seconds)?(_bucket|_count|_sum))?";

    private static final Path CHECKOUT = Manifests.DEPLOY.resolveSibling(".").normalize();

    @Test
    void everyMetricThatIsAskedForIsCounted() throws IOException {
        Set<String> counted = counted();
        assertThat(counted).hasSizeGreaterThan(15);
        Pattern known =
                Pattern.compile(
                        counted.stream()
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|", "(", ")" + SUFFIX)));
        Set<String> asked = new TreeSet<>();
        for (String folder : new String[] {"grafana/dashboards", "prometheus"}) {
            asked.addAll(found(ASKED, "deploy/observability/" + folder, ".+"));
        }
        assertThat(asked)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(name).matches(known));
    }

    /** The engine writes names as they are; Micrometer has a dot for each of our underscores. */
    private static Set<String> counted() throws IOException {
        Set<String> names = found(Pattern.compile("\"(outcry_[a-z_]+)"), "engine-cpp/src", ".+cc");
        Pattern meter = Pattern.compile("\"(outcry\\.[a-z.]+)\"");
        for (String name : found(meter, "http-api/src/main", ".+java")) {
            names.add(name.replace('.', '_'));
        }
        return names;
    }

    private static Set<String> found(Pattern pattern, String folder, String files)
            throws IOException {
        try (Stream<Path> paths = Files.walk(CHECKOUT.resolve(folder))) {
            return paths.filter(path -> Files.isRegularFile(path))
                    .filter(path -> path.toString().matches(files))
                    .flatMap(path -> pattern.matcher(text(path)).results())
                    .map(MetricNamesTest::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String name(MatchResult found) {
        return found.group(found.groupCount());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
