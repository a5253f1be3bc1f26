package io.outcry.domain.market;

/** What rests at one price of one side, added up. For the book's thread. */
final class PriceLevel {
    final long price;
    long quantity;
    int orders;

    PriceLevel(long price) {
        this.price = price;
    }

    BookLevel toBookLevel() {
        return new BookLevel(price, quantity, orders);
    }
}
