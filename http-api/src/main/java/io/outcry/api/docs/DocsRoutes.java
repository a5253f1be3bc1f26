package io.outcry.api.docs;

import io.outcry.api.http.Exchange;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
import io.outcry.api.http.StaticContent;
import io.outcry.api.problem.ErrorCode;
import io.outcry.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Serves the contract, and a page of our own that shows it. Immutable. */
public final class DocsRoutes {
    /** The page and nothing else: its script and style come from here, and so does what it asks. */
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final StaticContent contract = content("application/json", "/openapi.json");
    private final StaticContent page = content("text/html; charset=utf-8", "/docs/docs.html");
    private final Map<String, StaticContent> assets =
            Map.of(
                    "docs.js", content("text/javascript; charset=utf-8", "/docs/docs.js"),
                    "docs.css", content("text/css; charset=utf-8", "/docs/docs.css"));

    private DocsRoutes() {}

    /** Open to anyone, at any time. */
    public static List<Route> of() {
        DocsRoutes docs = new DocsRoutes();
        return List.of(
                Route.get("/openapi.json", Access.PROBE, docs.contract::answer).answeredDirectly(),
                Route.get("/docs", Access.PROBE, docs::page).answeredDirectly(),
                Route.get("/docs/{file}", Access.PROBE, docs::asset));
    }

    private void page(Exchange exchange) throws IOException {
        exchange.addHeader("Content-Security-Policy", PAGE_POLICY);
        page.answer(exchange);
    }

    private void asset(Exchange exchange) throws IOException {
        StaticContent asset = assets.get(exchange.pathParameter("file"));
        if (asset == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "nothing is served at this path");
        }
        asset.answer(exchange);
    }

    private static StaticContent content(String type, String name) {
        try (InputStream stream = DocsRoutes.class.getResourceAsStream(name)) {
            return new StaticContent(type, Objects.requireNonNull(stream, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
