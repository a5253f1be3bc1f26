package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.http.Authenticator;
import io.outcry.api.http.Caller;
import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.api.limit.Limits;
import io.outcry.domain.access.RateLimiter;
import io.outcry.domain.access.Tickets;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.ApiKeyStore;
import io.outcry.domain.store.SecondFactorStore;
import io.outcry.domain.store.SessionStore;
import io.outcry.domain.store.UserStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Registration, sign-in, sessions, passwords and API keys, and who a request is from. Immutable.
 */
public final class AuthRoutes {
    private final Stores stores;
    private final Tools tools;
    private final Sealing sealing;
    private final ApiSignatures signatures;
    private final Credentials credentials;
    private final List<Route> routes;

    /** Where users and what they show are kept. */
    public record Stores(
            UserStore users,
            AccountStore accounts,
            SessionStore sessions,
            SecondFactorStore secondFactors,
            ApiKeyStore apiKeys) {}

    /** What checks and makes credentials. */
    public record Tools(
            AccessTokens tokens,
            TokenKey sealingKey,
            EndedCredentials ended,
            NewPassword newPassword,
            CredentialWork work,
            RateLimiter limiter,
            Limits limits,
            ClientAddress addresses,
            Audit audit,
            Clock clock) {}

    public AuthRoutes(
            Stores stores, Tools tools, AccountOpening opening, SessionLifetimes lifetimes) {
        this.stores = stores;
        this.tools = tools;
        sealing = new Sealing(tools.sealingKey().derived("api-key-secrets"));
        WrongCredentials wrong = new WrongCredentials(tools.limits());
        signatures =
                new ApiSignatures(
                        stores.apiKeys(),
                        stores.users(),
                        sealing,
                        tools.ended(),
                        tools.limiter(),
                        wrong,
                        tools.addresses(),
                        tools.clock());
        credentials = new Credentials(tools.tokens(), signatures, wrong, tools.addresses());
        Sessions sessions =
                new Sessions(
                        stores.sessions(),
                        stores.users(),
                        tools.tokens(),
                        tools.ended(),
                        lifetimes,
                        tools.clock());
        ReturningUsers returning = new ReturningUsers(stores.sessions());
        FailedSignIns failures = new FailedSignIns(stores.sessions(), returning, tools.clock());
        Passwords passwords = new Passwords();
        SecondFactors factors =
                new SecondFactors(
                        stores.secondFactors(),
                        new Sealing(tools.sealingKey().derived("second-factors")),
                        new OneTimeCodes(tools.clock()));
        ProofCheck check =
                new ProofCheck(
                        passwords, factors, failures, returning, tools.work(), tools.audit());
        StepUp stepUp = new StepUp(stores.users(), check, tools.addresses(), tools.audit());
        routes = new ArrayList<>(signUp(opening, passwords, sessions, failures));
        routes.addAll(signIn(opening, sessions, check));
        routes.addAll(secondFactor(factors, stepUp, failures));
        routes.addAll(keys(stepUp));
        routes.addAll(password(passwords, stepUp));
    }

    private List<Route> signUp(
            AccountOpening opening,
            Passwords passwords,
            Sessions sessions,
            FailedSignIns failures) {
        SignUp signUp =
                new SignUp(
                        stores.users(),
                        opening,
                        tools.newPassword(),
                        passwords,
                        sessions,
                        failures,
                        tools.addresses(),
                        tools.work());
        return List.of(Route.post("/api/auth/register", Access.PUBLIC, signUp::answer));
    }

    private List<Route> signIn(AccountOpening opening, Sessions sessions, ProofCheck check) {
        SignIn signIn =
                new SignIn(
                        stores.users(),
                        stores.accounts(),
                        opening,
                        sessions,
                        check,
                        tools.addresses(),
                        tools.audit());
        SessionRoutes going = new SessionRoutes(sessions, tools.audit());
        return List.of(
                Route.post("/api/auth/login", Access.PUBLIC, signIn::answer),
                Route.post("/api/auth/refresh", Access.PUBLIC, going::refresh),
                Route.post("/api/auth/logout", Access.SESSION, going::logout));
    }

    private List<Route> secondFactor(SecondFactors factors, StepUp stepUp, FailedSignIns failures) {
        SecondFactorRoutes second =
                new SecondFactorRoutes(factors, stepUp, failures, tools.addresses(), tools.audit());
        return List.of(
                Route.post("/api/auth/totp", Access.SESSION, second::begin),
                Route.post("/api/auth/totp/confirm", Access.SESSION, second::confirm),
                Route.post("/api/auth/totp/recovery-codes", Access.SESSION, second::renewRecovery),
                Route.post("/api/auth/totp/remove", Access.SESSION, second::remove));
    }

    private List<Route> keys(StepUp stepUp) {
        ApiKeyRoutes keys =
                new ApiKeyRoutes(
                        stores.apiKeys(),
                        sealing,
                        tools.ended(),
                        stepUp,
                        tools.audit(),
                        tools.clock());
        return List.of(
                Route.post("/api/auth/api-keys", Access.SESSION, keys::create),
                Route.get("/api/auth/api-keys", Access.SESSION, keys::list),
                Route.delete("/api/auth/api-keys/{id}", Access.SESSION, keys::delete));
    }

    private List<Route> password(Passwords passwords, StepUp stepUp) {
        PasswordRoutes password =
                new PasswordRoutes(
                        stores.users(),
                        tools.newPassword(),
                        passwords,
                        tools.ended(),
                        stepUp,
                        tools.audit(),
                        tools.clock());
        return List.of(Route.post("/api/auth/password", Access.SESSION, password::change));
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Those tickets, for content that tells who somebody is. */
    public Tickets sealed(Tickets tickets) {
        return new SealedTickets(tickets, new Sealing(tools.sealingKey().derived("tickets")));
    }

    /** Who a request is from. */
    public Authenticator authenticator() {
        return credentials;
    }

    /**
     * Whose an access token is.
     *
     * @param site who shows it
     * @throws io.outcry.api.problem.ProblemException UNAUTHENTICATED, RATE_LIMITED
     */
    public Caller tokenHolder(String token, String site) {
        return credentials.tokenHolder("Bearer " + token, () -> site);
    }

    /**
     * Whose an API key is that has shown itself before.
     *
     * @throws io.outcry.api.problem.ProblemException UNAUTHENTICATED
     */
    public Caller keyHolder(UUID key) {
        return signatures.caller(key);
    }
}
