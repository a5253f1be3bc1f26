package io.outcry.api.accounts;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Exchange;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.store.AccountStore;
import java.io.IOException;
import java.util.Set;

/**
 * An account's balances, as the engine has them right now; with the engine away, as projected. Safe
 * for use by many threads.
 */
final class Balances {
    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final AccountStore accounts;
    private final ReadAfterWrite reads;

    Balances(
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            AccountStore accounts,
            ReadAfterWrite reads) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.accounts = accounts;
        this.reads = reads;
    }

    void account(Exchange exchange) throws IOException {
        exchange.query(Set.of());
        Account account = find(exchange);
        exchange.answer(200, json -> AccountJson.write(json, account, instruments));
    }

    private Account find(Exchange exchange) {
        AccountId id = exchange.caller().accountId();
        Outcome<Account> outcome = outcomes.await(engine.account(id));
        if (outcome instanceof Outcome.Done<Account> done) {
            return done.value();
        }
        if (outcome instanceof Outcome.Rejected<Account> || engine.connected()) {
            throw Outcomes.untold(outcome).toException();
        }
        reads.markAsProjected(exchange);
        return accounts.find(id)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        ErrorCode.ENGINE_UNAVAILABLE,
                                        "the account is not known without the engine"));
    }
}
