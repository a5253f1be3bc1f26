package io.outcry.api.admin;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.store.UserStore;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Puts accounts in tiers. Safe for use by many threads. */
final class TierAdministration {
    private static final Fields FIELDS = new Fields();
    private static final Field TIER = FIELDS.add("tier");

    private final UserStore users;
    private final Set<String> tiers;
    private final Deeds deeds;

    /**
     * @param tiers those that there are
     */
    TierAdministration(UserStore users, Set<String> tiers, Deeds deeds) {
        this.users = users;
        this.tiers = tiers;
        this.deeds = deeds;
    }

    /** Counts from the next access token on, and for API keys within a minute. */
    void set(Exchange exchange) throws IOException {
        AccountId account = AccountAdministration.account(exchange);
        FlatObject body = exchange.body(FIELDS);
        String tier = body.requiredString(TIER);
        if (!tiers.contains(tier)) {
            body.reject(TIER, "must be one of " + String.join(", ", new TreeSet<>(tiers)));
        }
        body.throwIfInvalid();
        if (!users.setTier(account, tier)) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "there is no such account");
        }
        deeds.note(
                exchange,
                new Deed(
                        exchange.caller().userId(),
                        "account.tier",
                        account.toString(),
                        tier,
                        Audit.Outcome.DONE));
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("action", "account.tier");
                    json.writeStringField("subject", account.toString());
                    json.writeStringField("tier", tier);
                    json.writeEndObject();
                });
    }
}
