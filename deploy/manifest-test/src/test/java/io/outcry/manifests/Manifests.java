package io.outcry.manifests;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
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
        Path folder = DEPLOY.resolve("k8s").resolve(kustomization);
        try {
            Process process =
                    new ProcessBuilder("kubectl", "kustomize", folder.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize fails on " + folder);
            }
            return parse(output);
        } catch (IOException e) {
            return abort("kubectl is not here, so the manifests were not checked: " + e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Node file(String name) throws IOException {
        return parse(Files.readString(DEPLOY.resolve(name))).get(0);
    }

    private static List<Node> parse(String text) {
        List<Node> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            documents.add(new Node(document));
        }
        return documents;
    }
}
