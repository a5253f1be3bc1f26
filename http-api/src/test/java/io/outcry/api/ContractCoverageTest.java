package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * What the contract documents is given, too: each status of each operation, and each code, by some
 * test. Comes after all others, and judges when all of them were run; of some of them nobody can
 * tell. Only tests that ask at random come later: what chance brings is not to be counted on.
 */
@Order(Integer.MAX_VALUE - 1)
class ContractCoverageTest {
    private static final Contract CONTRACT = Contract.SERVED;

    /** Codes that no test here is answered with, each with why that is so and who tests it. */
    private static final Map<String, String> CODES_GIVEN_ELSEWHERE =
            Map.of(
                    "SERVICE_UNAVAILABLE",
                    "is the proxy's, without a replica: NginxProxyTest of deploy/standalone",
                    "REQUEST_TIMEOUT",
                    "comes after a minute without the rest of a body: FailuresTest");

    @BeforeAll
    static void afterAllOthers() throws Exception {
        Set<String> notRun = TestClasses.notRun();
        notRun.remove(ContractCoverageTest.class.getName());
        notRun.removeIf(name -> name.endsWith("FuzzTest"));
        assumeTrue(notRun.isEmpty(), "these tests were not run: " + notRun);
    }

    @Test
    void everyDocumentedStatusOfEveryOperationIsGiven() {
        assertThat(CONTRACT.given().missing(CONTRACT)).isEmpty();
    }

    @Test
    void everyDocumentedCodeIsGivenHereOrElsewhereAlone() {
        Set<String> missing = new TreeSet<>();
        for (JsonNode response : CONTRACT.document().get("components").get("responses")) {
            response.findValue("enum").forEach(code -> missing.add(code.asText()));
        }
        missing.removeAll(CONTRACT.given().codes());
        assertThat(missing).isEqualTo(CODES_GIVEN_ELSEWHERE.keySet());
    }
}
