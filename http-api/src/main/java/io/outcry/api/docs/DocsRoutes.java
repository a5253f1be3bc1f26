package io.outcry.api.docs;

import io.outcry.api.http.Exchange;
import io.outcry.api.http.Route;
import io.outcry.api.http.Route.Access;
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

    private static final Map<String, String> TYPES =
            Map.of(
                    "docs.js", "text/javascript; charset=utf-8",
                    "docs.css", "text/css; charset=utf-8");

    private final byte[] contract = resource("/openapi.json");
    private final byte[] page = resource("/docs/docs.html");
    private final Map<String, byte[]> assets =
            Map.of("docs.js", resource("/docs/docs.js"), "docs.css", resource("/docs/docs.css"));

    private DocsRoutes() {}

    /** Open to anyone, at any time. */
    public static List<Route> of() {
        DocsRoutes docs = new DocsRoutes();
        return List.of(
                Route.get("/openapi.json", Access.PROBE, docs::contract).answeredDirectly(),
                Route.get("/docs", Access.PROBE, docs::page).answeredDirectly(),
                Route.get("/docs/{file}", Access.PROBE, docs::asset));
    }

    private void contract(Exchange exchange) throws IOException {
        exchange.answer(200, "application/json", contract);
    }

    private void page(Exchange exchange) throws IOException {
        exchange.addHeader("Content-Security-Policy", PAGE_POLICY);
        exchange.answer(200, "text/html; charset=utf-8", page);
    }

    private void asset(Exchange exchange) throws IOException {
        String file = exchange.pathParameter("file");
        byte[] bytes = assets.get(file);
        if (bytes == null) {
            throw new ProblemException(ErrorCode.NOT_FOUND, "nothing is served at this path");
        }
        exchange.answer(200, Objects.requireNonNull(TYPES.get(file)), bytes);
    }

    private static byte[] resource(String name) {
        try (InputStream stream = DocsRoutes.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
