package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.AccountUpdate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates of an account as text: of each a line {@code sequence previous-sequence}, a line about an
 * order and a line about balances, either empty when there is nothing to tell; what is told has no
 * line breaks. Pure functions.
 */
final class AccountUpdateText {
    private static final int LINES = 3;

    private AccountUpdateText() {}

    static String write(List<AccountUpdate> updates) {
        StringBuilder text = new StringBuilder();
        for (AccountUpdate update : updates) {
            text.append(update.sequence()).append(' ').append(update.previousSequence());
            line(text, update.order());
            line(text, update.balance());
            text.append('\n');
        }
        return text.toString();
    }

    private static void line(StringBuilder text, @Nullable String told) {
        text.append('\n');
        if (told != null) {
            if (told.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("an update must have no line breaks");
            }
            text.append(told);
        }
    }

    /**
     * Reads what was written.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static List<AccountUpdate> read(AccountId accountId, String text) {
        String[] lines = text.split("\n", -1);
        List<AccountUpdate> updates = new ArrayList<>();
        for (int i = 0; i + LINES < lines.length; i += LINES) {
            int space = lines[i].indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("no sequences: " + lines[i]);
            }
            updates.add(
                    new AccountUpdate(
                            accountId,
                            Long.parseLong(lines[i].substring(0, space)),
                            Long.parseLong(lines[i].substring(space + 1)),
                            told(lines[i + 1]),
                            told(lines[i + 2])));
        }
        return updates;
    }

    private static @Nullable String told(String line) {
        return line.isEmpty() ? null : line;
    }
}
