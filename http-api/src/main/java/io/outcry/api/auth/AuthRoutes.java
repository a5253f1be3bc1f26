package io.outcry.api.auth;

import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.domain.store.AccountStore;
import io.outcry.domain.store.UserStore;
import java.util.List;

/** Registration and sign-in. */
public final class AuthRoutes {
    private AuthRoutes() {}

    public static List<Route> of(
            UserStore users,
            AccountStore accounts,
            AccountOpening opening,
            AccessTokens tokens,
            CredentialWork work) {
        Passwords passwords = new Passwords();
        SignUp signUp = new SignUp(users, opening, passwords, tokens, work);
        SignIn signIn = new SignIn(users, accounts, opening, passwords, tokens, work);
        return List.of(
                Route.post("/api/auth/register", Access.PUBLIC, signUp::answer),
                Route.post("/api/auth/login", Access.PUBLIC, signIn::answer));
    }
}
