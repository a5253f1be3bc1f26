package io.outcry.api.auth;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.audit.Audit.Outcome;
import io.outcry.api.http.Exchange;
import io.outcry.api.json.Field;
import io.outcry.api.json.Fields;
import io.outcry.api.json.FlatObject;
import java.io.IOException;

/** Goes on with sessions, and ends them. Safe for use by many threads. */
final class SessionRoutes {
    private static final Fields FIELDS = new Fields();
    private static final Field REFRESH_TOKEN = FIELDS.add("refresh_token");

    private final Sessions sessions;
    private final Audit audit;

    SessionRoutes(Sessions sessions, Audit audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    /** Answers with new tokens for a refresh token, which is used up. */
    void refresh(Exchange exchange) throws IOException {
        FlatObject body = exchange.body(FIELDS);
        String token = body.requiredString(REFRESH_TOKEN);
        body.throwIfInvalid();
        Sessions.Renewed renewed = sessions.renew(token, () -> noteReuse(exchange));
        SignedIn.answer(exchange, 200, renewed.user(), renewed.tokens());
    }

    /** Other refusals are not noted: anybody could fill the log with them. */
    private void noteReuse(Exchange exchange) {
        audit.note(exchange, new Deed("", "session.renew", "", "used before", Outcome.DENIED));
    }

    /** Ends the session that asks. */
    void logout(Exchange exchange) throws IOException {
        String session = exchange.caller().credential().toString();
        sessions.end(exchange.caller().credential());
        audit.note(
                exchange,
                new Deed(exchange.caller().userId(), "session.end", session, "", Outcome.DONE));
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeBooleanField("signed_out", true);
                    json.writeEndObject();
                });
    }
}
