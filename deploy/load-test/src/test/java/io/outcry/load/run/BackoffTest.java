package io.outcry.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final long FIRST = 50_000_000;
    private static final long LONGEST = 2_000_000_000;

    @Test
    void growsToItsBoundAndStartsAnewAfterASuccess() {
        long longestFirst = 0;
        long longestTenth = 0;
        for (int seed = 0; seed < 200; seed++) {
            Backoff backoff = new Backoff(seed);
            longestFirst = Math.max(longestFirst, backoff.next());
            List<Long> later = Stream.generate(backoff::next).limit(40).toList();
            assertThat(later).allMatch(pause -> pause > 0 && pause <= LONGEST);
            longestTenth = Math.max(longestTenth, later.get(9));
            backoff.reset();
            longestFirst = Math.max(longestFirst, backoff.next());
        }

        assertThat(longestFirst).isBetween(FIRST / 2, FIRST);
        assertThat(longestTenth).isGreaterThan(LONGEST / 2);
    }
}
