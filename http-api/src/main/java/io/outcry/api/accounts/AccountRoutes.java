package io.outcry.api.accounts;

import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.engine.ReadAfterWrite;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.LedgerStore;
import io.outcry.domain.store.StatementStore;
import java.util.ArrayList;
import java.util.List;

/** What an account has. */
public final class AccountRoutes {
    private AccountRoutes() {}

    /** Whether accounts may fill themselves. */
    public enum Funding {
        SELF_SERVICE,
        NONE
    }

    public static List<Route> of(
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            AccountStore accounts,
            LedgerStore ledger,
            StatementStore statements,
            ReadAfterWrite reads,
            Currency currency,
            Funding funding) {
        Balances balances = new Balances(engine, outcomes, instruments, accounts, reads);
        Portfolio portfolio = new Portfolio(instruments, accounts, reads, currency);
        LedgerList entries = new LedgerList(instruments, ledger, reads);
        StatementExport export = new StatementExport(statements, reads);
        Deposits deposits = new Deposits(engine, outcomes, instruments, currency);
        List<Route> routes =
                new ArrayList<>(
                        List.of(
                                Route.get("/api/account", Access.READ, balances::account),
                                Route.get("/api/account/ledger", Access.READ, entries::entries),
                                Route.get("/api/positions", Access.READ, portfolio::positions),
                                Route.get("/api/account/statements", Access.READ, export::export),
                                Route.get(
                                        "/api/positions/summary", Access.READ, portfolio::summary),
                                Route.get(
                                        "/api/portfolio/summary",
                                        Access.READ,
                                        portfolio::summary)));
        if (funding == Funding.SELF_SERVICE) {
            routes.add(Route.post("/api/account/deposits", Access.TRADE, deposits::deposit));
        }
        return List.copyOf(routes);
    }
}
