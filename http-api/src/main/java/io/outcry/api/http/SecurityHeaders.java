package io.outcry.api.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Headers of every answer, errors included. Nothing that this server answers may be cached unless
 * it says otherwise, framed or run by a browser; no other origin is let in. Safe for use by many
 * threads.
 */
final class SecurityHeaders implements HttpConfiguration.Customizer {
    private static final List<HttpField> FIELDS =
            List.of(
                    new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
                    new PreEncodedHttpField("Cache-Control", "no-store"),
                    new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
                    new PreEncodedHttpField(
                            "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
                    new PreEncodedHttpField(
                            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"));

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        put(responseHeaders);
        return request;
    }

    static void put(HttpFields.Mutable responseHeaders) {
        for (HttpField field : FIELDS) {
            responseHeaders.put(field);
        }
    }
}
