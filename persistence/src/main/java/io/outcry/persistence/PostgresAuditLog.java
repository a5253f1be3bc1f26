package io.outcry.persistence;

import io.outcry.domain.store.AuditLog;
import io.outcry.domain.store.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. */
final class PostgresAuditLog implements AuditLog {
    private final Database database;

    PostgresAuditLog(Database database) {
        this.database = database;
    }

    @Override
    public void add(Entry entry) {
        int unused =
                database.query(
                        "writing the audit log",
                        handle ->
                                handle.createUpdate(
                                                "INSERT INTO audit_log (time, actor, action,"
                                                        + " subject, detail, outcome, address,"
                                                        + " request_id) VALUES (:time, :actor,"
                                                        + " :action, :subject, :detail, :outcome,"
                                                        + " :address, :request)")
                                        .bind("time", entry.time().atOffset(ZoneOffset.UTC))
                                        .bind("actor", entry.actor())
                                        .bind("action", entry.action())
                                        .bind("subject", entry.subject())
                                        .bind("detail", entry.detail())
                                        .bind("outcome", entry.outcome())
                                        .bind("address", entry.address())
                                        .bind("request", entry.requestId())
                                        .execute());
    }

    @Override
    public List<Numbered> list(@Nullable String action, Page page) {
        String sql =
                "SELECT entry_id, time, actor, action, subject, detail, outcome, address, request_id"
                        + " FROM audit_log WHERE entry_id < :before"
                        + (action == null ? "" : " AND action = :action")
                        + " ORDER BY entry_id DESC LIMIT :limit";
        return database.query(
                "reading the audit log",
                handle -> {
                    Query query =
                            handle.createQuery(sql)
                                    .bind("before", page.beforeId())
                                    .bind("limit", page.limit());
                    if (action != null) {
                        query.bind("action", action);
                    }
                    return query.map((row, context) -> read(row)).list();
                });
    }

    private static Numbered read(ResultSet row) throws SQLException {
        return new Numbered(
                row.getLong(1),
                new Entry(
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9)));
    }
}
