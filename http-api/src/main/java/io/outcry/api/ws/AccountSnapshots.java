package io.outcry.api.ws;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.json.Json;
import io.outcry.api.orders.OrderJson;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.Order;
import io.outcry.domain.store.AccountStateStore;
import io.outcry.domain.store.AccountStateStore.AccountState;

/** How an account stands, for the channels that tell how it changes. Safe for many threads. */
final class AccountSnapshots {
    private static final int MOST_ORDERS = 2_000;

    private final AccountStateStore states;
    private final InstrumentTable instruments;

    /** What a snapshot's message tells. */
    record Snapshot(long sequence, Json.Body body) {}

    AccountSnapshots(AccountStateStore states, InstrumentTable instruments) {
        this.states = states;
        this.instruments = instruments;
    }

    Snapshot of(AccountId account, Channel channel) {
        AccountState state = states.find(account, MOST_ORDERS);
        Json.Body body = channel.kind() == Channel.Kind.ORDERS ? orders(state) : balances(state);
        return new Snapshot(state.sequence(), body);
    }

    private Json.Body orders(AccountState state) {
        return json -> {
            json.writeArrayFieldStart("orders");
            for (Order order : state.openOrders()) {
                OrderJson.write(json, order, instruments.of(order.terms().symbol()), null);
            }
            json.writeEndArray();
        };
    }

    private Json.Body balances(AccountState state) {
        return json -> {
            Account account = state.account().orElse(null);
            json.writeArrayFieldStart("balances");
            if (account != null) {
                for (CashBalance cash : account.cash()) {
                    Scale scale = instruments.of(cash.currency());
                    json.writeStartObject();
                    json.writeStringField("currency", cash.currency().code());
                    json.writeStringField("cash", scale.format(cash.cash()));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("positions");
            if (account != null) {
                for (PositionBalance position : account.positions()) {
                    Scale scale = instruments.of(position.symbol()).quantityScale();
                    json.writeStartObject();
                    json.writeStringField("symbol", position.symbol().value());
                    json.writeStringField("quantity", scale.format(position.quantity()));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        };
    }
}
