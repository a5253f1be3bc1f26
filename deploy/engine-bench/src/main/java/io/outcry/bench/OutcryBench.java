package io.outcry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs engine-cpp's book_bench as a child process and reads its report. */
final class OutcryBench {

    private final Path binary;
    private final int passes;

    OutcryBench(Path binary, int passes) {
        this.binary = binary;
        this.passes = passes;
    }

    /** Also leaves the flow's text in {@code flow}. Fails when the book did not do what it must. */
    JsonNode run(Path flow) throws IOException, InterruptedException {
        Path report = Files.createTempFile("book-bench", ".json");
        try {
            Process process =
                    new ProcessBuilder(
                                    binary.toString(),
                                    "--passes",
                                    Integer.toString(passes),
                                    "--orders",
                                    "0",
                                    "--write-flow",
                                    flow.toString(),
                                    "--json",
                                    report.toString())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(binary + " ended with status " + status);
            }
            return new ObjectMapper().readTree(report.toFile());
        } finally {
            Files.delete(report);
        }
    }
}
