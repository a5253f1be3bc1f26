package io.outcry.domain.market;

import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.Side;
import org.jspecify.annotations.Nullable;

/**
 * An order that rests in a book, or may come to. An iceberg shows a slice of what remains; when a
 * trade uses the slice up the next one shows. For the book's thread.
 */
final class BookOrder {
    final SymbolBook book;
    private final Side side;
    private final long sliceQuantity;

    private long price;
    private long quantity;
    private long remaining;
    private long displayed;

    /** Where it rests; null while it does not. */
    private @Nullable PriceLevel level;

    BookOrder(SymbolBook book, OrderTerms terms, long filled) {
        this.book = book;
        side = terms.side();
        sliceQuantity = terms.displayQuantity() == 0 ? Long.MAX_VALUE : terms.displayQuantity();
        price = terms.price();
        quantity = terms.quantity();
        remaining = quantity - filled;
    }

    long remaining() {
        return remaining;
    }

    boolean rests() {
        return level != null;
    }

    boolean crosses() {
        return book.against(side).meets(price);
    }

    void rest() {
        displayed = nextSlice();
        level = book.side(side).add(price, displayed);
    }

    void leave() {
        if (level != null) {
            book.side(side).remove(level, displayed);
            level = null;
        }
    }

    void trade(long traded) {
        remaining -= traded;
        long shown = displayed - traded;
        show(shown == 0 ? nextSlice() : shown);
    }

    /** Takes quantity off; a slice shrinks only when it exceeds what remains. */
    void reduce(long reduction) {
        quantity -= reduction;
        remaining -= reduction;
        show(Math.min(displayed, remaining));
    }

    /** Gives it another total quantity, and another price while it does not rest. */
    void change(long newPrice, long newQuantity) {
        price = newPrice;
        reduce(quantity - newQuantity);
    }

    private long nextSlice() {
        return Math.min(sliceQuantity, remaining);
    }

    private void show(long newDisplayed) {
        if (level != null) {
            level.quantity += newDisplayed - displayed;
            displayed = newDisplayed;
        }
    }
}
