package io.outcry.domain.market;

import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.Side;
import org.jspecify.annotations.Nullable;

/**
 * An order that rests in a book, or may come to. An iceberg shows a slice of what remains; when a
 * trade uses the slice up the next one shows. For the book's thread.
 */
final class BookOrder {
    final OrderId id;
    final SymbolBook book;
    private final Side side;
    private final long sliceQuantity;

    private long price;
    private long quantity;
    private long remaining;
    private long displayed;

    /** Where it rests; null while it does not. */
    private @Nullable PriceLevel level;

    // Its level's, to link the orders that rest there.
    @Nullable BookOrder previous;
    @Nullable BookOrder next;

    BookOrder(OrderId id, SymbolBook book, OrderTerms terms, long filled) {
        this.id = id;
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

    long displayed() {
        return displayed;
    }

    boolean rests() {
        return level != null;
    }

    boolean crosses() {
        return book.against(side).meets(price);
    }

    void rest() {
        displayed = nextSlice();
        level = book.side(side).add(price, this);
    }

    void leave() {
        if (level != null) {
            book.side(side).remove(level, this);
            level = null;
        }
    }

    /** The slice that shows next joins the level's tail. */
    void trade(long traded) {
        remaining -= traded;
        long shown = displayed - traded;
        if (shown > 0 || level == null) {
            show(shown);
        } else {
            level.remove(this);
            displayed = nextSlice();
            level.append(this);
        }
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
            level.change(newDisplayed - displayed);
            displayed = newDisplayed;
        }
    }
}
