package io.outcry.manifests;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The models of one Kubernetes release, which know each field and refuse all others. */
final class KubernetesSchema {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Map<String, String> CLASSES =
            Map.ofEntries(
                    Map.entry("v1", "V1"),
                    Map.entry("apps/v1", "V1"),
                    Map.entry("batch/v1", "V1"),
                    Map.entry("policy/v1", "V1"),
                    Map.entry("autoscaling/v2", "V2"),
                    Map.entry("networking.k8s.io/v1", "V1"),
                    Map.entry("rbac.authorization.k8s.io/v1", "V1"));

    private final ClassLoader models;

    private KubernetesSchema(ClassLoader models) {
        this.models = models;
    }

    static KubernetesSchema newest() {
        return new KubernetesSchema(KubernetesSchema.class.getClassLoader());
    }

    static KubernetesSchema before() throws MalformedURLException {
        URL jar = Path.of(System.getProperty("models.before")).toUri().toURL();
        return new KubernetesSchema(new OwnModels(jar));
    }

    /** Whether the object is of Kubernetes itself, not of an operator. */
    static boolean knows(Node object) {
        return CLASSES.containsKey(object.text("apiVersion"));
    }

    /** What is wrong with the object; empty when it is valid. */
    Optional<String> problem(Node object) throws ReflectiveOperationException {
        JsonElement json = new Gson().toJsonTree(object.value());
        Class<?> model =
                models.loadClass(
                        MODELS + CLASSES.get(object.text("apiVersion")) + object.text("kind"));
        try {
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
            model.getMethod("fromJson", String.class).invoke(null, json.toString());
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(object.name() + ": " + e.getCause().getMessage());
        }
    }

    /** Takes the models from its own jar, and all else from the class path. */
    private static final class OwnModels extends URLClassLoader {
        OwnModels(URL jar) {
            super(new URL[] {jar}, KubernetesSchema.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.kubernetes.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
