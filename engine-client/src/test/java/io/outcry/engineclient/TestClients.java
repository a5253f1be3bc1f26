package io.outcry.engineclient;

import static io.outcry.engineclient.Answers.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.outcry.domain.engine.Outcome;
import io.outcry.domain.engine.PlacedOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The clients of a test, and what tests do with them. For one thread. */
final class TestClients implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<EngineClient> clients = new ArrayList<>();

    EngineClient start(EngineSettings settings) {
        EngineClient client = EngineClient.start(settings);
        clients.add(client);
        return client;
    }

    EngineClient connected(EngineSettings settings) throws InterruptedException {
        EngineClient client = start(settings);
        assertThat(client.awaitConnected(SOON)).isTrue();
        return client;
    }

    @Override
    public void close() {
        clients.forEach(EngineClient::close);
    }

    static List<CompletableFuture<Outcome<PlacedOrder>>> place(EngineClient client, int count) {
        return Stream.generate(() -> client.placeOrder(ORDER)).limit(count).toList();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static <T> void assertRefusedAtOnce(CompletableFuture<Outcome<T>> future) {
        assertThat(future)
                .isCompletedWithValueMatching(outcome -> outcome instanceof Outcome.Refused);
    }
}
