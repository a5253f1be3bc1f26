package io.outcry.domain.order;

/**
 * A client's own name for an order, which makes a retry safe: 1 to 36 of {@code A-Z a-z 0-9 _ -}.
 */
public record ClientOrderId(String value) {
    private static final int MAX_LENGTH = 36;

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException when it is not as described
     */
    public ClientOrderId {
        if (!valid(value)) {
            throw new IllegalArgumentException("client_order_id must be 1-36 of A-Z a-z 0-9 _ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }

    // A loop, not a pattern: each order and each event read from the feed passes here.
    private static boolean valid(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= MAX_LENGTH;
    }
}
