package io.outcry.load;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which venue, and how many trade there. */
class TargetOptions {
    @Option(
            names = "--target",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The venue (default: ${DEFAULT-VALUE}).")
    URI target;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "40",
            description = "Users that trade at once (default: ${DEFAULT-VALUE}).")
    int clients;
}
