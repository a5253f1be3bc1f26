package io.outcry.container;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Creates a venue's Secrets by the Kubernetes API. One that exists is left as it is: whoever runs
 * this needs the right to create Secrets, none to read or change them. For one thread.
 *
 * @param api where the API is
 * @param token file with the token of the service account, read anew for each request
 */
record KubernetesSecrets(HttpClient client, URI api, Path token) {
    private static final Path SERVICE_ACCOUNT =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int CREATED = 201;
    private static final int EXISTS = 409;

    /** That of the cluster which the pod runs in. */
    static KubernetesSecrets ofThePod() throws IOException, GeneralSecurityException {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(trusting(SERVICE_ACCOUNT.resolve("ca.crt")))
                        .connectTimeout(LIMIT)
                        .build();
        return new KubernetesSecrets(
                client,
                URI.create("https://kubernetes.default.svc"),
                SERVICE_ACCOUNT.resolve("token"));
    }

    private static SSLContext trusting(Path authority)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            int index = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + index++, certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Creates what is missing of it in the namespace. */
    void ensure(String namespace, VenueSecrets secrets) throws IOException, InterruptedException {
        for (var secret : secrets.bySecret().entrySet()) {
            create(namespace, "outcry-" + secret.getKey(), secret.getValue());
        }
    }

    private void create(String namespace, String name, Map<String, String> texts)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(api.resolve("/api/v1/namespaces/" + namespace + "/secrets"))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + Files.readString(token).strip())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json(name, texts)))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != CREATED && answer.statusCode() != EXISTS) {
            throw new IOException(
                    "creating the Secret " + name + ": status " + answer.statusCode());
        }
        System.out.println(
                name + (answer.statusCode() == CREATED ? " created" : " is there already"));
    }

    /** Names and Base64 need no escapes. */
    private static String json(String name, Map<String, String> texts) {
        String data =
                texts.entrySet().stream()
                        .map(text -> quoted(text.getKey()) + ":" + quoted(base64(text.getValue())))
                        .collect(Collectors.joining(",", "{", "}"));
        return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":"
                + quoted(name)
                + "},\"data\":"
                + data
                + "}";
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
