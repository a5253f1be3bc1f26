package io.outcry.domain.account;

import java.util.List;

/**
 * An account as the engine has it.
 *
 * @param shortLimit how far below 0 each position may go, in quantity units
 */
public record Account(
        AccountId id,
        boolean suspended,
        long shortLimit,
        List<CashBalance> cash,
        List<PositionBalance> positions) {
    public Account {
        cash = List.copyOf(cash);
        positions = List.copyOf(positions);
    }
}
