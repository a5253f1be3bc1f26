package io.outcry.api.http;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names to each thread the request that it works on, for lines of this server's log and of the
 * engine's. What goes on on another thread must be told by {@link #kept}. Safe for use by many
 * threads.
 */
public final class CurrentRequest {
    private static final String KEY = "request_id";

    private CurrentRequest() {}

    /** Of the calling thread; empty: it works on none. */
    public static String id() {
        return Objects.requireNonNullElse(MDC.get(KEY), "");
    }

    /** Runs what is done for that request. */
    public static void during(String id, Runnable work) {
        String before = MDC.get(KEY);
        set(id);
        try {
            work.run();
        } finally {
            set(before);
        }
    }

    /** The same function, which works on the calling thread's request wherever it runs. */
    public static <T, R> Function<T, R> kept(Function<T, R> work) {
        String id = MDC.get(KEY);
        return given -> {
            String before = MDC.get(KEY);
            set(id);
            try {
                return work.apply(given);
            } finally {
                set(before);
            }
        };
    }

    private static void set(@Nullable String id) {
        if (id == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, id);
        }
    }
}
