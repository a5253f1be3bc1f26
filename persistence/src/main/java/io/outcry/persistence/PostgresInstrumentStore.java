package io.outcry.persistence;

import io.outcry.domain.instrument.Instrument;
import io.outcry.domain.store.InstrumentStore;
import java.util.List;

/** Safe for use by many threads. */
final class PostgresInstrumentStore implements InstrumentStore {
    private final Database database;

    PostgresInstrumentStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Instrument> list() {
        return database.query(
                "listing instruments",
                handle ->
                        handle.createQuery(InstrumentRows.SELECT_ALL)
                                .map((row, context) -> InstrumentRows.read(row))
                                .list());
    }
}
