package io.outcry.api;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells when the virtual machine's compilers have come to rest. For one thread. */
final class CompilerActivity {
    /** Longer than any compilation takes: one counts only when it ends. */
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private static final long BUSY_MILLIS = WINDOW.toMillis() / 10;

    private final @Nullable CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    private long windowNanos = System.nanoTime();
    private long millisBefore = millis();

    /**
     * Whether the compilers worked less than a tenth of the window that has just ended; false
     * within one. A machine that does not count their time never rests.
     */
    boolean rests() {
        long now = System.nanoTime();
        if (now - windowNanos < WINDOW.toNanos()) {
            return false;
        }
        long before = millisBefore;
        windowNanos = now;
        millisBefore = millis();
        return before >= 0 && millisBefore - before < BUSY_MILLIS;
    }

    private long millis() {
        return compilers != null && compilers.isCompilationTimeMonitoringSupported()
                ? compilers.getTotalCompilationTime()
                : -1;
    }
}
