package io.outcry.domain.market;

import io.outcry.domain.order.OrderId;

/**
 * One order of a book.
 *
 * @param quantity displayed, above 0
 */
public record RestingOrder(OrderId orderId, long price, long quantity) {}
