package io.outcry.load;

import io.outcry.load.report.ReportFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which venue, who trades there, and where the report goes. */
final class VenueOptions extends TargetOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the report here.")
    @Nullable Path json;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Keep this with the report; may be repeated.")
    Map<String, String> labels = new LinkedHashMap<>();

    /** Writes the report, if it is wanted. */
    void write(Object report) throws IOException {
        if (json != null) {
            ReportFile.write(report, json);
        }
    }
}
