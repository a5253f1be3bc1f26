package io.outcry.load.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run took place.
 *
 * @param commit of the checkout that the generator was started from, null outside of one
 * @param replicas API replicas, when the target tells
 * @param target what the target says of itself at /health, null for nothing
 * @param labels what the caller wants to be kept with the figures
 */
public record Environment(
        int cores,
        @Nullable String cpu,
        String os,
        String java,
        @Nullable String commit,
        @Nullable Long replicas,
        @Nullable JsonNode target,
        Map<String, String> labels) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String COMMIT_PROPERTY = "outcry.commit";

    static Environment here(@Nullable JsonNode target, Map<String, String> labels) {
        JsonNode replicas = target == null ? null : target.get("replicas");
        return new Environment(
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                System.getProperty(COMMIT_PROPERTY),
                replicas != null && replicas.isIntegralNumber() ? replicas.longValue() : null,
                target,
                Map.copyOf(labels));
    }

    private static @Nullable String cpuModel() {
        if (!Files.isReadable(CPU_INFO)) {
            return null;
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + CPU_INFO, e);
        }
    }
}
