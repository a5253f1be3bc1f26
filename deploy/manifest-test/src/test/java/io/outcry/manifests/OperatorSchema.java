package io.outcry.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import java.util.Map;
import java.util.Optional;

/**
 * Java models of operators' objects: each knows its fields and their types, not which must be
 * there. There are none of CloudNativePG's. Thread-safe.
 */
final class OperatorSchema {
    private static final Map<String, String> PACKAGES =
            Map.of(
                    "monitoring.coreos.com/v1", "io.fabric8.openshift.api.model.monitoring.v1.",
                    "cert-manager.io/v1", "io.fabric8.certmanager.api.model.v1.");

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .annotationIntrospector(new NoRoomForOthers())
                    .build();

    private OperatorSchema() {}

    static boolean knows(Node object) {
        return PACKAGES.containsKey(object.text("apiVersion"));
    }

    /** What is wrong with the object; empty when it is valid. */
    static Optional<String> problem(Node object) throws ClassNotFoundException {
        String model = PACKAGES.get(object.text("apiVersion")) + object.text("kind");
        try {
            MAPPER.readValue(new Gson().toJson(object.value()), Class.forName(model));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(object.name() + ": " + e.getMessage());
        }
    }

    /** The models keep what they do not know in a map, where it would pass. */
    private static final class NoRoomForOthers extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
