package io.outcry.api.ws;

import io.outcry.api.limit.LimitClass;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client may ask to be done with orders, and the members that such a request has. */
enum OrderOp {
    PLACE(LimitClass.ORDERS, "order"),
    REPLACE(LimitClass.ORDERS, "order_id", "terms"),
    CANCEL(LimitClass.CANCELS, "order_id", "client_order_id"),
    CANCEL_ALL(LimitClass.CANCELS, "symbol");

    private final String text = name().toLowerCase(Locale.ROOT);
    private final LimitClass limit;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes sets that never change.
    private final Set<String> members;

    OrderOp(LimitClass limit, String... members) {
        this.limit = limit;
        this.members = Set.of(members);
    }

    /** Null: it has nothing to do with orders. */
    static @Nullable OrderOp of(String op) {
        return switch (op) {
            case "place" -> PLACE;
            case "replace" -> REPLACE;
            case "cancel" -> CANCEL;
            case "cancel_all" -> CANCEL_ALL;
            default -> null;
        };
    }

    LimitClass limit() {
        return limit;
    }

    /** Besides {@code op} and {@code id}. */
    Set<String> members() {
        return members;
    }

    @Override
    public String toString() {
        return text;
    }
}
