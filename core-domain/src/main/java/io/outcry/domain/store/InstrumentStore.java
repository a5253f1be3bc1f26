package io.outcry.domain.store;

import io.outcry.domain.instrument.Instrument;
import java.util.List;

/**
 * Instruments as projected from the event feed. Safe for use by many threads. Methods throw {@link
 * StoreUnavailableException} when the store does not answer.
 */
public interface InstrumentStore {
    List<Instrument> list();
}
