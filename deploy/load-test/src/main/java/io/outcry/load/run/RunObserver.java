package io.outcry.load.run;

import java.time.Duration;

/** Hears how far a run has got, on the run's thread. */
public interface RunObserver {
    void registering(int clients);

    void registered(Registrations registrations);

    /** The clock starts; {@code counts} grow until {@link #ended()}. */
    void started(LiveCounts counts, Duration planned);

    void ended();
}
