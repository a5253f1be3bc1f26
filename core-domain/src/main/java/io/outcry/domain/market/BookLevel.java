package io.outcry.domain.market;

/**
 * One price of a book.
 *
 * @param quantity displayed, all orders together
 * @param orders how many
 */
public record BookLevel(long price, long quantity, int orders) {}
