package io.outcry.api.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    /** Made by the argon2 command of the reference implementation and by password4j 1.8.4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$rk2Mi3E4dgRMg0fHaYaptWVZRKqs//6b6k3/nntqGJk",
                "$argon2id$v=19$m=4096,t=3,p=2$MDEyMzQ1Njc4OWFiY2RlZg$RfM5kpPJCNDq1lxz4wmZUZWz9KujhHDH",
            })
    void hashesOfOtherProgramsAreTaken(String hash) {
        assertThat(passwords.matches("correct horse", hash)).isTrue();
        assertThat(passwords.matches("correct horsf", hash)).isFalse();
    }

    @Test
    void aHashHasASaltOfItsOwnAndFitsItsPasswordAlone() {
        String one = passwords.hash("pässwörd £€");
        String two = passwords.hash("pässwörd £€");
        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two);
        assertThat(passwords.matches("pässwörd £€", one)).isTrue();
        assertThat(passwords.matches("pässwörd £€", two)).isTrue();
        assertThat(passwords.matches("passwörd £€", one)).isFalse();
        passwords.matchNobody("pässwörd £€");
    }

    @Test
    void manyAtOnceDoNotDisturbOneAnother() {
        String hash = passwords.hash("together");
        List<CompletableFuture<Boolean>> all =
                IntStream.range(0, 12)
                        .mapToObj(
                                i ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        passwords.matches(
                                                                i % 3 == 0 ? "apart" : "together",
                                                                hash)))
                        .toList();
        Stream<Boolean> expected = IntStream.range(0, 12).mapToObj(i -> i % 3 != 0);
        assertThat(all.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(expected.toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2i$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$rk2Mi3E4dgRMg0fHaYaptWVZRKqs",
                "$argon2id$v=16$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$rk2Mi3E4dgRMg0fHaYaptWVZRKqs",
                "$argon2id$v=19$m=999999,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$rk2Mi3E4dgRMg0fHaYaptWVZRKqs",
                "$argon2id$v=19$m=19456,t=0,p=1$MDEyMzQ1Njc4OWFiY2RlZg$rk2Mi3E4dgRMg0fHaYaptWVZRKqs",
                "$argon2id$v=19$m=8,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg$rk2Mi3E4dgRMg0fHaYaptWVZRKqs",
            })
    void whatIsNoSuchHashIsToldWithoutRepeatingIt(String hash) {
        assertThatThrownBy(() -> passwords.matches("secret", hash))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("rk2M");
    }

    @Test
    void aHashIsNotShown() {
        assertThat(PasswordHash.parse(passwords.hash("x"))).hasToString("a password's hash");
    }
}
