package io.outcry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a test of mutated ones sends, and what each must be answered: no failure of the
 * server's, and every error as a problem. Counts the answers. For one thread.
 */
final class FuzzedAnswers {
    /** As many of each kind as {@code -Doutcry.fuzz.requests} says. */
    static final int REQUESTS = Integer.getInteger("outcry.fuzz.requests", 1_000);

    /** The same requests come of {@code -Doutcry.fuzz.seed}. */
    static final long SEED = Long.getLong("outcry.fuzz.seed", new Random().nextLong());

    private static final String[] OF_FAILURES = {"Exception", "\tat "};

    private final long beginNanos = System.nanoTime();
    private final Map<Integer, Integer> answersByStatus = new TreeMap<>();

    /** What was asked, for who reads of a failure. */
    static String name(int number, Object what) {
        return "seed " + SEED + ", request " + number + ": " + what;
    }

    void count(int status) {
        answersByStatus.merge(status, 1, Integer::sum);
    }

    /** Counts an answer, and throws unless it is one that any request may get. */
    void requireSound(String what, int status, HttpHeaders headers, String body) {
        count(status);
        boolean overloaded = status == 503 && body.contains("\"code\":\"OVERLOADED\"");
        assertThat(status < 500 || overloaded).as(what + ": " + status + " " + body).isTrue();
        if (status >= 400) {
            assertThat(headers.firstValue("Content-Type").orElse(""))
                    .as(what + ": " + status + " " + body)
                    .startsWith("application/problem+json");
            assertThat(body).as(what).contains("\"code\":\"").doesNotContain(OF_FAILURES);
        }
    }

    /** As text of messages. */
    static void requireNoTrace(String what, String message) {
        assertThat(message).as(what).doesNotContain(OF_FAILURES);
    }

    void print(String test) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beginNanos);
        System.out.printf(
                Locale.ROOT,
                "%s, seed %d: answers by status in %d s: %s%n",
                test,
                SEED,
                seconds,
                answersByStatus);
    }
}
