package io.outcry.api.admin;

import io.outcry.api.audit.Audit;
import io.outcry.api.audit.Audit.Deed;
import io.outcry.api.engine.Outcomes;
import io.outcry.api.http.Exchange;
import io.outcry.domain.engine.Outcome;
import io.outcry.domain.store.StoreUnavailableException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the engine do what an administrator wants, and notes it. When the database is away the engine
 * is asked nevertheless, since a market may have to be halted right then; the note then goes to the
 * log of the process. Safe for use by many threads.
 */
final class Deeds {
    private static final Logger LOG = LoggerFactory.getLogger(Deeds.class);

    private final Outcomes outcomes;
    private final Audit audit;

    Deeds(Outcomes outcomes, Audit audit) {
        this.outcomes = outcomes;
        this.audit = audit;
    }

    /**
     * Answers when it is done.
     *
     * @param subject what it is done to
     * @throws io.outcry.api.problem.ProblemException when it was not done, or is not known to be
     */
    void answer(
            Exchange exchange,
            String action,
            String subject,
            String detail,
            CompletableFuture<Outcome<Void>> work)
            throws IOException {
        Outcome<Void> outcome = outcomes.await(work);
        boolean done = outcome instanceof Outcome.Done<Void>;
        Deed deed =
                new Deed(
                        exchange.caller().userId(),
                        action,
                        subject,
                        done ? detail : detail + " " + outcome,
                        done ? Audit.Outcome.DONE : Audit.Outcome.FAILED);
        note(exchange, deed);
        long sequence = Outcomes.done(outcome).sequence();
        exchange.answer(
                200,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("action", action);
                    json.writeStringField("subject", subject);
                    json.writeNumberField("sequence", sequence);
                    json.writeEndObject();
                });
    }

    /** Notes what was done already. */
    void note(Exchange exchange, Deed deed) {
        try {
            audit.note(exchange, deed);
        } catch (StoreUnavailableException e) {
            LOG.error("the audit log lacks {} of request {}", deed, exchange.requestId(), e);
        }
    }
}
