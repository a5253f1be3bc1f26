package io.outcry.api.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.outcry.api.http.Exchange;
import io.outcry.api.http.QueryParameters;
import io.outcry.api.json.WholeNumber;
import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.AuditLog.Entry;
import io.outcry.domain.store.AuditLog.Numbered;
import io.outcry.domain.store.Page;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Shows who did what, newest first, page by page. Safe for use by many threads. */
final class AuditList {
    private static final int DEFAULT_LIMIT = 100;

    private final AuditLog log;

    AuditList(AuditLog log) {
        this.log = log;
    }

    void list(Exchange exchange) throws IOException {
        QueryParameters query = exchange.query(Set.of("action", "cursor", "limit"));
        String action = query.text("action");
        Long before = query.read("cursor", AuditList::entry, "must be a next_cursor of this list");
        int limit = query.number("limit", 1, Page.MAX_LIMIT, DEFAULT_LIMIT);
        query.throwIfInvalid();
        Page page = new Page(before == null ? Long.MAX_VALUE : before, limit);
        List<Numbered> found = log.list(action, page);
        exchange.answer(200, json -> write(json, found, page));
    }

    private static Long entry(String text) {
        long number = WholeNumber.parse(text);
        if (number <= 0) {
            throw new IllegalArgumentException("entries are numbered from 1");
        }
        return number;
    }

    private static void write(JsonGenerator json, List<Numbered> found, Page page)
            throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("entries");
        for (Numbered each : found) {
            write(json, each.entry());
        }
        json.writeEndArray();
        boolean last = found.size() < page.limit();
        json.writeStringField(
                "next_cursor", last ? null : Long.toString(found.get(found.size() - 1).id()));
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", entry.time().toString());
        json.writeStringField("actor", entry.actor());
        json.writeStringField("action", entry.action());
        json.writeStringField("subject", entry.subject());
        json.writeStringField("detail", entry.detail());
        json.writeStringField("outcome", entry.outcome());
        json.writeStringField("address", entry.address());
        json.writeStringField("request_id", entry.requestId());
        json.writeEndObject();
    }
}
