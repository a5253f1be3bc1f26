package io.outcry.load.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.load.http.Answer;
import io.outcry.load.http.AnswerHandler;
import io.outcry.load.http.Connection;
import io.outcry.load.http.Failure;
import io.outcry.load.http.RequestWriter;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Registers one user per connection, all at once. A registration is tried once: one that fails, for
 * whatever reason, is a failed registration. Lives on the loop's thread.
 */
public final class Registrations {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunContext context;
    private final Histogram latency = new Histogram(3);
    private final Counts failures = new Counts();
    private final TreeMap<Integer, Account> accounts = new TreeMap<>();
    private long startNanos;
    private long endNanos;
    private int attempted;

    Registrations(RunContext context) {
        this.context = context;
    }

    void start(List<Connection> connections) {
        startNanos = context.loop().now();
        attempted = connections.size();
        String password = "load-" + RunContext.newId() + RunContext.newId();
        for (int client = 0; client < attempted; client++) {
            String username = "load_" + context.id() + "_" + client;
            byte[] request =
                    RequestWriter.to(context.settings().target())
                            .post("/api/auth/register", body(username, password));
            long timeout = context.settings().registrationTimeout().toNanos();
            connections.get(client).send(request, timeout, new Registration(client, username));
        }
    }

    boolean complete() {
        return accounts.size() + failures.total() == attempted;
    }

    /** The registered users in their clients' order. */
    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    public int attempted() {
        return attempted;
    }

    public int succeeded() {
        return accounts.size();
    }

    /** Failed registrations by kind. */
    public Counts failures() {
        return failures;
    }

    /** Nanoseconds of each registration, failed ones too. */
    public Histogram latency() {
        return latency;
    }

    /** From the first request to the last answer. */
    public long elapsedNanos() {
        return endNanos - startNanos;
    }

    private static String body(String username, String password) {
        return """
        {"username":"%1$s","email":"%1$s@example.com","password":"%2$s"}"""
                .formatted(username, password);
    }

    private final class Registration implements AnswerHandler {
        private final int client;
        private final String username;

        Registration(int client, String username) {
            this.client = client;
            this.username = username;
        }

        @Override
        public void answered(Answer answer) {
            JsonNode body = read(answer);
            String token = text(body, "access_token");
            if (answer.status() == 201 && token != null) {
                String userId = text(body, "user_id");
                String accountId = text(body, "account_id");
                accounts.put(client, new Account(client, username, userId, accountId, token));
            } else {
                String code = text(body, "code");
                failures.add("http_" + answer.status() + (code == null ? "" : " " + code));
            }
            end();
        }

        @Override
        public void failed(Failure failure) {
            failures.add(failure.label());
            end();
        }

        private void end() {
            endNanos = context.loop().now();
            latency.recordValue(endNanos - startNanos);
        }
    }

    private static @Nullable JsonNode read(Answer answer) {
        try {
            return JSON.readTree(answer.bytes(), answer.bodyOffset(), answer.bodyLength());
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable JsonNode body, String field) {
        JsonNode value = body == null ? null : body.get(field);
        return value == null || value.isNull() ? null : value.asText();
    }
}
