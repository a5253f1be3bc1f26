package io.outcry.domain.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.outcry.domain.instrument.Currency;
import io.outcry.domain.instrument.Symbol;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The three kinds of names take exactly what their patterns say. */
class NamesTest {

    @Test
    void clientOrderIdsAreOfTheirAlphabetAndLength() {
        assertTakes(ClientOrderId::new, "[A-Za-z0-9_-]", 36, "client_order_id");
    }

    @Test
    void symbolsAreOfTheirAlphabetAndLength() {
        assertTakes(Symbol::new, "[A-Z0-9._-]", 16, "symbol");
    }

    @Test
    void currenciesAreOfTheirAlphabetAndLength() {
        assertTakes(Currency::new, "[A-Z0-9]", 8, "currency");
    }

    private static void assertTakes(
            Function<String, Object> name, String alphabet, int maxLength, String field) {
        Pattern allowed = Pattern.compile(alphabet);
        for (char c = 0; c < 0x250; c++) {
            String text = "A" + c;
            if (allowed.matcher(String.valueOf(c)).matches()) {
                assertThat(name.apply(text)).hasToString(text);
            } else {
                assertRefused(name, text, field);
            }
        }
        assertThat(name.apply("A".repeat(maxLength))).hasToString("A".repeat(maxLength));
        assertRefused(name, "A".repeat(maxLength + 1), field);
        assertRefused(name, "", field);
    }

    private static void assertRefused(Function<String, Object> name, String text, String field) {
        assertThatThrownBy(() -> name.apply(text))
                .as("%s", text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }
}
