package io.outcry.api.admin;

import io.outcry.api.audit.Audit;
import io.outcry.api.engine.InstrumentTable;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.api.http.Route.Action;
import io.outcry.domain.engine.Engine;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.UserStore;
import java.util.List;
import java.util.Set;

/** What is asked on the listener for those who run the venue. */
public final class AdminRoutes {
    private AdminRoutes() {}

    /**
     * Those routes.
     *
     * @param tiers that accounts may be in
     * @param status answers how the replica and what it depends on do
     * @param currency where none is named
     */
    public static List<Route> of(
            Engine engine,
            Outcomes outcomes,
            InstrumentTable instruments,
            UserStore users,
            Set<String> tiers,
            AuditLog log,
            Audit audit,
            Action status,
            Currency currency) {
        Deeds deeds = new Deeds(outcomes, audit);
        InstrumentAdministration instrument =
                new InstrumentAdministration(engine, instruments, deeds);
        AccountAdministration account =
                new AccountAdministration(engine, outcomes, instruments, currency, deeds);
        return List.of(
                Route.get("/api/admin/status", Access.ADMIN, status),
                Route.get("/api/admin/audit", Access.ADMIN, new AuditList(log)::list),
                post("instruments", instrument::define),
                post("instruments/{symbol}/halt", instrument::halt),
                post("instruments/{symbol}/resume", instrument::resume),
                post("session/close", instrument::closeSession),
                Route.get("/api/admin/accounts/{id}", Access.ADMIN, account::show),
                post("accounts/{id}/suspend", account::suspend),
                post("accounts/{id}/resume", account::resume),
                post("accounts/{id}/limits", account::setLimits),
                post("accounts/{id}/tier", new TierAdministration(users, tiers, deeds)::set),
                post("accounts/{id}/adjustments", account::adjust));
    }

    private static Route post(String path, Action action) {
        return Route.post("/api/admin/" + path, Access.ADMIN, action);
    }
}
