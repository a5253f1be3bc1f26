package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.outcry.load.flow.Mix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderLogTest {
    private final FakeVenue venue = new FakeVenue();

    @TempDir Path folder;

    @AfterEach
    void close() {
        venue.close();
    }

    @Test
    void holdsEveryOrderThatTheVenueTookWithWhatItSaid() throws Exception {
        List<JsonNode> lines = record(run -> run.retry = true);

        assertThat(ids(lines, "order_id"))
                .containsExactlyInAnyOrderElementsOf(
                        venue.executed().stream().map(FakeVenue.Executed::id).toList());
        JsonNode line = lines.get(0);
        assertThat(line.path("action").asText()).isEqualTo("place");
        assertThat(line.path("outcome").asText()).isEqualTo("accepted");
        assertThat(line.path("account_id").asText()).isNotEmpty();
        assertThat(line.path("client_order_id").asText()).matches("[A-Za-z0-9_-]{1,36}");
        assertThat(line.path("status").asText()).isEqualTo("CANCELED");
        assertThat(line.path("filled_quantity").asText()).isEqualTo("0");
        assertThat(line.path("sequence").asText()).isEqualTo(line.path("order_id").asText());
        assertThat(line.path("symbol").asText()).isEqualTo("AAPL");
        assertThat(line.path("attempts").asInt()).isEqualTo(1);
        Instant sent = Instant.parse(line.path("sent_at").asText());
        assertThat(Instant.parse(line.path("answered_at").asText())).isAfter(sent);
        assertThat(sent).isBetween(Instant.now().minusSeconds(120), Instant.now());
    }

    @Test
    void holdsUnknownOrdersAndNoRejectedOnes() throws Exception {
        venue.onOrder =
                (context, number, normally) -> {
                    switch (number % 3) {
                        case 0 -> FakeVenue.problem(context, 504, "ORDER_STATUS_UNKNOWN");
                        case 1 -> FakeVenue.problem(context, 422, "INSUFFICIENT_FUNDS");
                        default -> normally.run();
                    }
                };

        List<JsonNode> lines = record(run -> run.orders = 30);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lines.stream().map(line -> line.path("outcome").asText()).distinct())
                .containsExactlyInAnyOrder("accepted", "unknown");
        assertThat(
                        lines.stream()
                                .filter(line -> line.path("outcome").asText().equals("unknown"))
                                .map(line -> line.path("reason").asText()))
                .containsOnly("http_504 ORDER_STATUS_UNKNOWN");
    }

    @Test
    void holdsCancels() throws Exception {
        List<JsonNode> lines =
                record(
                        run -> {
                            run.mix = Mix.MIXED;
                            run.orders = 500;
                        });

        List<JsonNode> cancels =
                lines.stream()
                        .filter(line -> line.path("action").asText().equals("cancel"))
                        .toList();
        assertThat(cancels).isNotEmpty();
        assertThat(ids(cancels, "canceled_order_id"))
                .containsExactlyInAnyOrderElementsOf(venue.canceled());
    }

    private List<JsonNode> record(Consumer<ShortRun> change) throws IOException {
        Path file = folder.resolve("orders.jsonl");
        ShortRun.against(
                venue,
                run -> {
                    run.record = file;
                    change.accept(run);
                });
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static List<String> ids(List<JsonNode> lines, String field) {
        return lines.stream().map(line -> line.path(field).asText()).collect(Collectors.toList());
    }
}
