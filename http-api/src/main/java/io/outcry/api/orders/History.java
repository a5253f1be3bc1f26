package io.outcry.api.orders;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.json.EnumText;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.instrument.Symbol;
import io.outcry.domain.order.Fill;
import io.outcry.domain.order.Order;
import io.outcry.domain.order.OrderId;
import io.outcry.domain.order.OrderStatus;
import io.outcry.domain.store.AccountFill;
import io.outcry.domain.store.Cursor;
import io.outcry.domain.store.OrderFilter;
import io.outcry.domain.store.OrderStore;
import io.outcry.domain.store.Page;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists orders and fills, newest first, page by page. Safe for use by many threads. */
final class History {
    private static final String ORDERS = "orders";
    private static final String FILLS = "fills";
    private static final int DEFAULT_LIMIT = 100;
    private static final EnumText<OrderStatus> STATUSES = new EnumText<>(OrderStatus.class);
    private static final String OPEN = "OPEN";

    private final InstrumentTable instruments;
    private final OrderStore orders;
    private final ReadAfterWrite reads;

    History(InstrumentTable instruments, OrderStore orders, ReadAfterWrite reads) {
        this.instruments = instruments;
        this.orders = orders;
        this.reads = reads;
    }

    void orders(Exchange exchange) throws IOException, InterruptedException {
        QueryParameters query = exchange.query(Set.of("status", "symbol", "cursor", "limit"));
        Set<OrderStatus> statuses =
                query.read(
                        "status",
                        History::statuses,
                        STATUSES.expected() + ", OPEN, or several with commas");
        Symbol symbol = query.read("symbol", Symbol::new, "must be 1-16 of A-Z 0-9 . _ -");
        Page page = page(query, ORDERS);
        reads.settle(exchange);
        AccountId accountId = exchange.caller().accountId();
        OrderFilter filter = new OrderFilter(statuses == null ? Set.of() : statuses, symbol);
        List<Order> found = orders.list(accountId, filter, page);
        Map<OrderId, List<Fill>> fills =
                orders.fills(
                        accountId,
                        found.stream().filter(order -> order.filledQuantity() > 0).toList());
        exchange.answer(200, json -> write(json, found, fills, page));
    }

    private void write(
            JsonGenerator json, List<Order> found, Map<OrderId, List<Fill>> fills, Page page)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("orders");
        for (Order order : found) {
            OrderJson.write(
                    json,
                    order,
                    instruments.of(order.terms().symbol()),
                    fills.getOrDefault(order.id(), List.of()));
        }
        json.writeEndArray();
        boolean last = found.size() < page.limit();
        json.writeStringField(
                "next_cursor",
                last ? null : Cursor.write(ORDERS, found.get(found.size() - 1).id().value()));
        json.writeEndObject();
    }

    void fills(Exchange exchange) throws IOException, InterruptedException {
        QueryParameters query = exchange.query(Set.of("order_id", "cursor", "limit"));
        OrderId order = query.read("order_id", OrderIds::parse, "must be a whole number above 0");
        Page page = page(query, FILLS);
        reads.settle(exchange);
        AccountId accountId = exchange.caller().accountId();
        List<AccountFill> found =
                order == null
                        ? orders.fills(accountId, page)
                        : orders.fills(accountId, order, page);
        exchange.answer(200, json -> write(json, found, page));
    }

    private void write(JsonGenerator json, List<AccountFill> found, Page page) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("fills");
        for (AccountFill fill : found) {
            OrderJson.write(
                    json, fill.fill(), fill.symbol(), fill.side(), instruments.of(fill.symbol()));
        }
        json.writeEndArray();
        boolean last = found.size() < page.limit();
        json.writeStringField(
                "next_cursor",
                last ? null : Cursor.write(FILLS, found.get(found.size() - 1).fill().sequence()));
        json.writeEndObject();
    }

    private static Page page(QueryParameters query, String list) {
        Long before =
                query.read(
                        "cursor",
                        text -> Cursor.read(list, text),
                        "must be a next_cursor of this list");
        int limit = query.number("limit", 1, Page.MAX_LIMIT, DEFAULT_LIMIT);
        query.throwIfInvalid();
        return new Page(before == null ? Long.MAX_VALUE : before, limit);
    }

    private static Set<OrderStatus> statuses(String text) {
        Set<OrderStatus> statuses = EnumSet.noneOf(OrderStatus.class);
        for (String name : text.split(",", -1)) {
            OrderStatus status = STATUSES.find(name);
            if (status != null) {
                statuses.add(status);
            } else if (name.equalsIgnoreCase(OPEN)) {
                for (OrderStatus each : OrderStatus.values()) {
                    if (each.open()) {
                        statuses.add(each);
                    }
                }
            } else {
                throw new IllegalArgumentException("is no status");
            }
        }
        return statuses;
    }
}
