package io.outcry.api.accounts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.json.AveragePrice;
import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.money.Scale;
import io.outcry.domain.store.CostedPosition;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A position at the last price, or at its cost before the first trade.
 *
 * @param marketValue in cash units, of the quantity's sign
 * @param unrealizedPnl in cash units
 */
record ValuedPosition(
        CostedPosition costed,
        Instrument instrument,
        BigInteger marketValue,
        BigInteger unrealizedPnl) {
    /** Values a position. */
    static ValuedPosition of(CostedPosition costed, Instrument instrument) {
        BigInteger value =
                costed.lastPrice() == 0
                        ? costed.costBasis()
                        : instrument.worth(costed.lastPrice(), costed.quantity());
        return new ValuedPosition(costed, instrument, value, costed.basis().unrealizedPnl(value));
    }

    void write(JsonGenerator json) throws IOException {
        Scale cash = instrument.cashScale();
        json.writeStartObject();
        json.writeStringField("symbol", costed.symbol().value());
        json.writeStringField("currency", costed.currency().code());
        json.writeStringField("quantity", instrument.quantityScale().format(costed.quantity()));
        json.writeStringField(
                "average_price",
                AveragePrice.of(costed.costBasis(), costed.quantity(), instrument));
        json.writeStringField("last_price", lastPrice());
        json.writeStringField("cost_basis", cash.format(costed.costBasis()));
        json.writeStringField("market_value", cash.format(marketValue));
        json.writeStringField("realized_pnl", cash.format(costed.realizedPnl()));
        json.writeStringField("unrealized_pnl", cash.format(unrealizedPnl));
        json.writeEndObject();
    }

    private @Nullable String lastPrice() {
        return costed.lastPrice() == 0 ? null : instrument.priceScale().format(costed.lastPrice());
    }
}
