package io.outcry.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.outcry.stream.VenueOrders.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenRequests requests = new OpenRequests();

    private void add() {
        add(new CompletableFuture<>());
    }

    private void add(CompletableFuture<Answer> answer) {
        requests.add(JSON.createObjectNode(), answer);
    }

    private CompletableFuture<Answer> add(String op) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        requests.add(JSON.createObjectNode().put("op", op), answer);
        return answer;
    }

    private static List<String> ids(List<ObjectNode> sent) {
        return sent.stream().map(each -> each.path("id").asText()).toList();
    }

    @Test
    void aLostConnectionHasAllSentAgainInItsOrder() {
        add();
        CompletableFuture<Answer> second = new CompletableFuture<>();
        add(second);
        add();
        assertThat(ids(requests.takeReady())).containsExactly("1", "2", "3");
        assertThat(requests.takeReady()).isEmpty();

        requests.settle("2", new Answer(201, JSON.createObjectNode()));
        requests.sendAllAgain(new Answer(504, JSON.createObjectNode()));

        assertThat(second.join().status()).isEqualTo(201);
        assertThat(ids(requests.takeReady())).containsExactly("1", "3");
    }

    @Test
    void whatWouldUndoLaterRequestsIsNotRepeated() {
        CompletableFuture<Answer> replaced = add("replace");
        CompletableFuture<Answer> allCanceled = add("cancel_all");
        CompletableFuture<Answer> canceled = add("cancel");
        assertThat(requests.takeReady()).hasSize(3);
        CompletableFuture<Answer> unsent = add("replace");
        assertThat(requests.mayBeRepeated("1")).isFalse();
        assertThat(requests.mayBeRepeated("3")).isTrue();

        requests.sendAllAgain(new Answer(504, JSON.createObjectNode()));

        assertThat(replaced.join().status()).isEqualTo(504);
        assertThat(allCanceled.join().status()).isEqualTo(504);
        assertThat(canceled).isNotDone();
        assertThat(unsent).isNotDone();
        assertThat(ids(requests.takeReady())).containsExactly("3", "4");
    }

    @Test
    void noMoreIsUnderWayThanTheVenueTakes() {
        for (int i = 0; i < OpenRequests.MOST_UNDER_WAY + 5; i++) {
            add();
        }
        assertThat(requests.takeReady()).hasSize(OpenRequests.MOST_UNDER_WAY);
        requests.settle("7", new Answer(201, JSON.createObjectNode()));
        requests.sendAgain("3");
        assertThat(ids(requests.takeReady())).contains("3").hasSize(2);
    }

    @Test
    void closingEndsWhatIsOpen() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        add(answer);
        requests.fail();
        assertThat(answer).isCompletedExceptionally();
        assertThat(requests.isEmpty()).isTrue();
    }
}
