package io.outcry.api.audit;

import io.outcry.api.http.ClientAddress;
import io.outcry.api.http.Exchange;
import io.outcry.domain.store.AuditLog;
import java.time.Clock;

/** Notes what was done, by whom and from where. Safe for use by many threads. */
public final class Audit {
    private final AuditLog log;
    private final ClientAddress addresses;
    private final Clock clock;

    public Audit(AuditLog log, ClientAddress addresses, Clock clock) {
        this.log = log;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Whether something was done. */
    public enum Outcome {
        DONE,
        DENIED,
        FAILED
    }

    /**
     * What is to be noted.
     *
     * @param actor user id, or what else tells who it was
     * @param detail never a secret
     */
    public record Deed(
            String actor, String action, String subject, String detail, Outcome outcome) {}

    /**
     * Blocks until it is stored.
     *
     * @throws io.outcry.domain.store.StoreUnavailableException when it cannot be
     */
    public void note(Exchange exchange, Deed deed) {
        log.add(
                new AuditLog.Entry(
                        clock.instant(),
                        deed.actor(),
                        deed.action(),
                        deed.subject(),
                        deed.detail(),
                        deed.outcome().name(),
                        addresses.of(exchange),
                        exchange.requestId()));
    }
}
