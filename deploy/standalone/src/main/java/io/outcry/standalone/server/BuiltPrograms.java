package io.outcry.standalone.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs where a build left them.
 *
 * @param engine the engine's binary
 * @param api the API's jar, with its libraries beside it
 */
public record BuiltPrograms(Path engine, Path api) implements ProgramSource {
    /** Those of a checkout. */
    public static BuiltPrograms of(Path checkout) {
        return new BuiltPrograms(
                checkout.resolve("engine-cpp/target/outcry-engine"),
                checkout.resolve("http-api/target/outcry-api.jar"));
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!Files.isExecutable(engine)) {
            problems.add("the engine is not built (" + engine + "): run mvn package");
        }
        if (!Files.isReadable(api)) {
            problems.add("the API is not built (" + api + "): run mvn package");
        }
        return problems;
    }

    @Override
    public Programs programs(Path cache, UnpackListener listener) {
        return new Programs(engine, api);
    }
}
