package io.outcry.cache;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.CancelReason;
import io.outcry.domain.order.ClientOrderId;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.order.OrderTerms;
import io.outcry.domain.order.OrderType;
import io.outcry.domain.order.SelfTradePrevention;
import io.outcry.domain.order.Side;
import io.outcry.domain.order.TimeInForce;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Orders as text in the manner of {@link MarketDataText}, with names where there are names, and -
 * for what is not there. Pure functions.
 */
final class OrderText {
    private static final String NOTHING = "-";

    private OrderText() {}

    static String write(Order order) {
        OrderTerms terms = order.terms();
        StringBuilder text = new StringBuilder(256).append(MarketDataText.VERSION);
        MarketDataText.append(text, order.id().value(), terms.accountId().value());
        words(text, terms.symbol().value(), terms.side().name(), terms.type().name());
        words(text, terms.timeInForce().name(), terms.selfTradePrevention().name());
        ClientOrderId clientOrderId = terms.clientOrderId();
        words(text, clientOrderId == null ? NOTHING : clientOrderId.value());
        MarketDataText.append(
                text,
                terms.quantity(),
                terms.price(),
                terms.stopPrice(),
                terms.trailAmount(),
                terms.displayQuantity(),
                terms.expiresAtNanos(),
                terms.postOnly() ? 1 : 0);
        CancelReason reason = order.cancelReason();
        words(text, order.status().name(), reason == null ? NOTHING : reason.name());
        MarketDataText.append(
                text,
                order.filledQuantity(),
                order.filledNotional(),
                order.fees(),
                order.createdAtNanos(),
                order.updatedAtNanos(),
                order.sequence());
        return text.toString();
    }

    private static void words(StringBuilder text, String... words) {
        for (String word : words) {
            text.append(' ').append(word);
        }
    }

    /**
     * Empty: of another version.
     *
     * @throws IllegalArgumentException when the text is no order
     */
    static Optional<Order> read(String text) {
        TextNumbers n = new TextNumbers(text);
        if (n.next() != MarketDataText.VERSION) {
            return Optional.empty();
        }
        OrderId id = new OrderId(n.next());
        OrderTerms terms = terms(n);
        OrderStatus status = OrderStatus.valueOf(n.word());
        String reason = given(n.word());
        return Optional.of(
                new Order(
                        id,
                        terms,
                        status,
                        reason == null ? null : CancelReason.valueOf(reason),
                        n.next(),
                        n.next(),
                        n.next(),
                        n.next(),
                        n.next(),
                        n.next()));
    }

    private static OrderTerms terms(TextNumbers n) {
        AccountId account = new AccountId(n.next());
        Symbol symbol = new Symbol(n.word());
        Side side = Side.valueOf(n.word());
        OrderType type = OrderType.valueOf(n.word());
        TimeInForce timeInForce = TimeInForce.valueOf(n.word());
        SelfTradePrevention prevention = SelfTradePrevention.valueOf(n.word());
        String clientOrderId = given(n.word());
        return new OrderTerms(
                account,
                symbol,
                side,
                type,
                timeInForce,
                n.next(),
                n.next(),
                n.next(),
                n.next(),
                n.next(),
                n.next(),
                n.next() == 1,
                prevention,
                clientOrderId == null ? null : new ClientOrderId(clientOrderId));
    }

    private static @Nullable String given(String word) {
        return word.equals(NOTHING) ? null : word;
    }
}
