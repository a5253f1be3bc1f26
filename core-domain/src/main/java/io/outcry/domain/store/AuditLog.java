package io.outcry.domain.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, for ever. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface AuditLog {

    /**
     * Something that was done, or tried.
     *
     * @param actor user id, or what else tells who it was
     * @param action such as {@code instrument.halt}
     * @param subject what it was done to
     * @param detail more of it; never a secret
     * @param outcome such as {@code done}, {@code denied}, or an error's code
     */
    record Entry(
            Instant time,
            String actor,
            String action,
            String subject,
            String detail,
            String outcome,
            String address,
            String requestId) {}

    /** An entry with its number, which ascends. */
    record Numbered(long id, Entry entry) {}

    void add(Entry entry);

    /**
     * Newest first.
     *
     * @param action null: any
     */
    List<Numbered> list(@Nullable String action, Page page);
}
