package io.outcry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: the engine's book, exchange-core's, the engine's again, then the ratio. */
@Command(
        name = "engine-bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares the engine's order book with exchange-core's on the same commands.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0: both books did the same", "1: they did not, or a run failed"})
public final class Main implements Callable<Integer> {

    @Option(names = "--book", required = true, description = "engine-cpp's book_bench binary")
    private Path book = Path.of("");

    @Option(
            names = "--passes",
            defaultValue = "12",
            description = "passes of each book (${DEFAULT-VALUE})")
    private int passes;

    @Option(names = "--json", description = "file for the figures")
    private @Nullable Path json;

    /** Ends the process with the command's exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path flow = Files.createTempFile("flow", ".txt");
        try {
            Comparison comparison = compare(flow);
            System.out.print(comparison.table());
            if (json != null) {
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValue(json.toFile(), comparison.json());
            }
            return comparison.agree() ? 0 : 1;
        } finally {
            Files.delete(flow);
        }
    }

    private Comparison compare(Path flow) throws Exception {
        OutcryBench outcry = new OutcryBench(book, passes);
        JsonNode before = outcry.run(flow);
        List<ExchangeCoreBench.Pass> reference =
                new ExchangeCoreBench(FlowFile.read(flow)).run(passes);
        JsonNode after = outcry.run(flow);
        return Comparison.of(List.of(before, after), reference);
    }
}
