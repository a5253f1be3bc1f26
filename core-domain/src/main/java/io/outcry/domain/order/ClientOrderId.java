package io.outcry.domain.order;

import java.util.regex.Pattern;

/**
 * A client's own name for an order, which makes a retry safe: 1 to 36 of {@code A-Z a-z 0-9 _ -}.
 */
public record ClientOrderId(String value) {
    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{1,36}");

    public ClientOrderId {
        if (!FORMAT.matcher(value).matches()) {
            throw new IllegalArgumentException("client_order_id must be 1-36 of A-Z a-z 0-9 _ -");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
