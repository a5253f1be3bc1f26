package io.outcry.api;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Notes which classes of tests this process has run; JUnit finds it by its name in {@code
 * META-INF/services}. Safe for many threads.
 */
public final class TestClasses implements AfterAllCallback {
    private static final Set<String> RUN = ConcurrentHashMap.newKeySet();
    private static final String ENDING = "Test.class";

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            RUN.add(context.getRequiredTestClass().getName());
        }
    }

    /** Those of this module that were not run yet, or given up for what this machine lacks. */
    static Set<String> notRun() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        TestClasses.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> all =
                    files.map(file -> folder.relativize(file).toString())
                            .filter(file -> file.endsWith(ENDING) && !file.contains("$"))
                            .map(file -> file.replace(".class", "").replace('/', '.'))
                            .collect(Collectors.toCollection(TreeSet::new));
            all.removeAll(RUN);
            return all;
        }
    }
}
