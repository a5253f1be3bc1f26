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
import io.outcry.domain.store.StoreUnavailableException;
import io.outcry.domain.store.UserStore;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts accounts in tiers. Safe for use by many threads. */
final class TierAdministration {
    private static final Logger LOG = LoggerFactory.getLogger(TierAdministration.class);
    private static final Fields FIELDS = new Fields();
    private static final Field TIER = FIELDS.add("tier");

    private final UserStore users;
    private final Set<String> tiers;
    private final Audit audit;

    /**
     * @param tiers those that there are
     */
    TierAdministration(UserStore users, Set<String> tiers, Audit audit) {
        this.users = users;
        this.tiers = tiers;
        this.audit = audit;
    }

    private void note(Exchange exchange, AccountId account, String tier) {
        Deed deed =
                new Deed(
                        exchange.caller().userId(),
                        "account.tier",
                        account.toString(),
                        tier,
                        Audit.Outcome.DONE);
        try {
            audit.note(exchange, deed);
        } catch (StoreUnavailableException e) {
            LOG.error("the audit log lacks {} of request {}", deed, exchange.requestId(), e);
        }
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
        note(exchange, account, tier);
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
