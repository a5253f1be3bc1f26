package io.outcry.load.rolling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Reads an account's statements. For one thread. */
final class Statements {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;

    Statements(URI target) {
        this.target = target;
    }

    /** The values of some columns, line by line. */
    List<List<String>> read(String token, String kind, List<String> columns) throws IOException {
        URI uri = target.resolve("/api/account/statements?format=csv&kind=" + kind);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token)
                        .build();
        try {
            HttpResponse<Stream<String>> response = http.send(request, BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(uri + " was answered with " + response.statusCode());
                }
                return rows(lines.iterator(), columns);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** No value that is asked for stands behind one that may hold a comma. */
    private static List<List<String>> rows(Iterator<String> lines, List<String> columns) {
        List<String> header = List.of(lines.next().split(",", -1));
        int[] places = columns.stream().mapToInt(header::indexOf).toArray();
        List<List<String>> rows = new ArrayList<>();
        while (lines.hasNext()) {
            String[] fields = lines.next().split(",", -1);
            List<String> row = new ArrayList<>();
            for (int place : places) {
                row.add(fields[place]);
            }
            rows.add(row);
        }
        return rows;
    }
}
