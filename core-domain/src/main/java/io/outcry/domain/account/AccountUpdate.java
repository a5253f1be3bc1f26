package io.outcry.domain.account;

import org.jspecify.annotations.Nullable;

/**
 * What one event changed for an account, on its way to whoever follows the account live. Updates of
 * an account form a chain: each names the sequence of the one before it.
 *
 * @param sequence of the event, or where the chain begins when nothing is told
 * @param previousSequence of the update before it; {@link #CHAIN_BEGINS}: what came before was not
 *     told, so whoever knows less than {@code sequence} has missed something
 * @param order what became of an order, as text for the account's owner; null: nothing
 * @param balance what became of cash and positions, likewise; null: nothing
 */
public record AccountUpdate(
        AccountId accountId,
        long sequence,
        long previousSequence,
        @Nullable String order,
        @Nullable String balance) {
    public static final long CHAIN_BEGINS = -1;

    /** Whether one who knows the account as of that sequence misses nothing before this. */
    public boolean follows(long known) {
        return previousSequence != CHAIN_BEGINS && previousSequence <= known;
    }
}
