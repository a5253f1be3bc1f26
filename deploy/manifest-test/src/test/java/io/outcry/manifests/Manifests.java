package io.outcry.manifests;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What kubectl makes of a kustomization: its objects. Thread-safe. */
final class Manifests {
    static final List<String> ALL =
            List.of(
                    "overlays/local",
                    "overlays/production",
                    "overlays/production-first-start",
                    "overlays/production-load-test",
                    "load-test",
                    "journal-copy");
    static final Path DEPLOY = Path.of(System.getProperty("checkout"), "deploy").normalize();
    private static final Map<String, List<Node>> MADE = new ConcurrentHashMap<>();

    private Manifests() {}

    /** Aborts the test, which then counts as skipped, where there is no kubectl. */
    static List<Node> of(String kustomization) {
        return MADE.computeIfAbsent(kustomization, Manifests::make);
    }

    static List<Node> ofKind(String kustomization, String kind) {
        return of(kustomization).stream().filter(node -> node.text("kind").equals(kind)).toList();
    }

    private static List<Node> make(String kustomization) {
        return in(DEPLOY.resolve("k8s").resolve(kustomization));
    }

    /** The objects of the kustomization in that folder. */
    static List<Node> in(Path folder) {
        return parse(output("", "kubectl", "kustomize", folder.toString()));
    }

    /** What a command prints when it is given the input. Aborts the test where there is no such. */
    static String output(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (OutputStream to = process.getOutputStream()) {
                to.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("fails: " + String.join(" ", command));
            }
            return output;
        } catch (IOException e) {
            return abort(command[0] + " is not here, so the manifests were not checked: " + e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Node file(String name) throws IOException {
        return parse(Files.readString(DEPLOY.resolve(name))).get(0);
    }

    static List<Node> parse(String text) {
        List<Node> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            documents.add(new Node(document));
        }
        return documents;
    }
}
