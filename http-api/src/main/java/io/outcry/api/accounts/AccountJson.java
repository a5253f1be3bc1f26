package io.outcry.api.accounts;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.CashBalance;
import io.outcry.domain.account.PositionBalance;
import io.outcry.domain.money.Scale;
import java.io.IOException;

/** Writes accounts; decimals are strings. */
public final class AccountJson {
    private AccountJson() {}

    /** The account with all that it has. */
    public static void write(JsonGenerator json, Account account, InstrumentTable instruments)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("account_id", account.id().toString());
        json.writeBooleanField("suspended", account.suspended());
        json.writeStringField("short_limit", Long.toString(account.shortLimit()));
        json.writeArrayFieldStart("balances");
        for (CashBalance balance : account.cash()) {
            write(json, balance, instruments);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("positions");
        for (PositionBalance position : account.positions()) {
            write(json, position, instruments);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, CashBalance balance, InstrumentTable instruments)
            throws IOException {
        Scale scale = instruments.of(balance.currency());
        json.writeStartObject();
        json.writeStringField("currency", balance.currency().code());
        json.writeStringField("cash", scale.format(balance.cash()));
        json.writeStringField("held", scale.format(balance.held()));
        json.writeStringField("available", scale.format(balance.available()));
        json.writeStringField("credit_limit", scale.format(balance.creditLimit()));
        json.writeEndObject();
    }

    private static void write(
            JsonGenerator json, PositionBalance position, InstrumentTable instruments)
            throws IOException {
        Scale scale = instruments.of(position.symbol()).quantityScale();
        json.writeStartObject();
        json.writeStringField("symbol", position.symbol().value());
        json.writeStringField("quantity", scale.format(position.quantity()));
        json.writeStringField("held", scale.format(position.held()));
        json.writeEndObject();
    }
}
