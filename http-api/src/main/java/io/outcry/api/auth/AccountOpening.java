package io.outcry.api.auth;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.Problem;
import io.outcry.domain.account.Account;
import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.engine.OpenAccount;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.money.Scale;
import io.outcry.domain.order.RejectCode;

/**
 * Opens a user's account at the engine, which knows nothing of users. Opening is done once however
 * often it is asked for. Safe for use by many threads.
 */
public final class AccountOpening {
    private final Engine engine;
    private final Outcomes outcomes;
    private final InstrumentTable instruments;
    private final Terms terms;

    /**
     * What a new account begins with.
     *
     * @param cash a plain decimal
     * @param shortLimit in quantity units
     */
    public record Terms(Currency currency, String cash, long shortLimit) {}

    public AccountOpening(
            Engine engine, Outcomes outcomes, InstrumentTable instruments, Terms terms) {
        this.engine = engine;
        this.outcomes = outcomes;
        this.instruments = instruments;
        this.terms = terms;
    }

    /**
     * Opens the account unless it is open.
     *
     * @throws io.outcry.api.problem.ProblemException ENGINE_UNAVAILABLE when that is not known to
     *     be done; asking again is safe
     */
    void open(AccountId accountId) {
        Outcome<Void> outcome = outcomes.await(engine.openAccount(command(accountId)));
        if (outcome instanceof Outcome.Unknown<Void>) {
            throw unavailable();
        }
        Outcomes.done(outcome);
    }

    /**
     * Whether the account is open.
     *
     * @throws io.outcry.api.problem.ProblemException ENGINE_UNAVAILABLE
     */
    boolean isOpen(AccountId accountId) {
        Outcome<Account> outcome = outcomes.await(engine.account(accountId));
        if (outcome instanceof Outcome.Rejected<Account> rejected
                && rejected.code() == RejectCode.UNKNOWN_ACCOUNT) {
            return false;
        }
        if (outcome instanceof Outcome.Unknown<Account>) {
            throw unavailable();
        }
        return Outcomes.done(outcome).value().id().equals(accountId);
    }

    /**
     * @throws io.outcry.domain.money.InvalidDecimalException when the cash has more places than its
     *     currency
     */
    private OpenAccount command(AccountId accountId) {
        Scale scale = instruments.cashScale(terms.currency());
        if (scale == null) {
            throw new IllegalStateException("no instrument trades in " + terms.currency());
        }
        long cash = scale.parse(terms.cash());
        return new OpenAccount(accountId, terms.currency(), cash, 0, terms.shortLimit());
    }

    private static RuntimeException unavailable() {
        return Problem.of(
                        ErrorCode.ENGINE_UNAVAILABLE,
                        "the account is not open yet; sign in, or register again, to complete it")
                .toException();
    }
}
