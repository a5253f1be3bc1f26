package io.outcry.engineclient;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is and how long to wait for it.
 *
 * @param target {@code host:port}, or any other name that gRPC resolves
 * @param window most commands that may be unanswered at a time; the engine's own window holds when
 *     it is smaller. An eighth of it is kept for cancels
 * @param cancelWindow the same on a session of their own for cancels, which has a thread of its own
 *     and so waits behind no orders' answers; 0: there is none, and cancels go with all else
 * @param commandDeadline after which a command without an answer is {@code Unknown}; found out
 *     within another 50 ms
 * @param silenceLimit after which a peer that sends nothing, not even a heartbeat, is taken for
 *     lost; found out within another 50 ms. The engine's heartbeats are 500 ms apart
 * @param sendInterval least time between two batches while answers are awaited: what comes within
 *     it gathers, since a batch costs both sides as much as ten commands in it. 0: none. A command
 *     that finds no other under way goes at once
 * @param tls how connections are encrypted, and who this client is; null: they are plain
 * @param traceId names what a command is sent for, such as an HTTP request, in the engine's log;
 *     asked on the thread that submits it, so it must be quick and must not throw. Empty: nothing.
 *     At most {@link #MAX_TRACE_ID} characters are sent, and the engine shows of them letters,
 *     digits and {@code . _ : -}
 */
public record EngineSettings(
        String target,
        int window,
        int cancelWindow,
        Duration commandDeadline,
        Duration silenceLimit,
        Duration sendInterval,
        @Nullable EngineTls tls,
        Supplier<String> traceId) {

    /** Most commands that a window may hold. */
    public static final int MAX_WINDOW = 1 << 16;

    /** Most characters of a trace id that are sent. */
    public static final int MAX_TRACE_ID = 64;

    public EngineSettings {
        require(!target.isBlank(), "target must not be blank");
        require(window > 0 && window <= MAX_WINDOW, "window must be 1 to " + MAX_WINDOW);
        require(
                cancelWindow >= 0 && cancelWindow <= MAX_WINDOW,
                "cancelWindow must be 0 to " + MAX_WINDOW);
        require(commandDeadline.toMillis() > 0, "commandDeadline must be at least 1 ms");
        require(silenceLimit.toMillis() > 0, "silenceLimit must be at least 1 ms");
        require(
                !sendInterval.isNegative() && sendInterval.compareTo(commandDeadline) < 0,
                "sendInterval must be 0 or more, and less than commandDeadline");
    }

    /**
     * 4,096 commands, no session for cancels, 2 s for an answer, a silent peer noticed within 2 s,
     * no send interval, no TLS, no trace ids.
     */
    public static EngineSettings of(String target) {
        return new EngineSettings(
                target,
                4_096,
                0,
                Duration.ofSeconds(2),
                Duration.ofMillis(1_900),
                Duration.ZERO,
                null,
                () -> "");
    }

    public EngineSettings withWindow(int newWindow) {
        return new EngineSettings(
                target,
                newWindow,
                cancelWindow,
                commandDeadline,
                silenceLimit,
                sendInterval,
                tls,
                traceId);
    }

    public EngineSettings withCancelWindow(int newWindow) {
        return new EngineSettings(
                target,
                window,
                newWindow,
                commandDeadline,
                silenceLimit,
                sendInterval,
                tls,
                traceId);
    }

    public EngineSettings withCommandDeadline(Duration newDeadline) {
        return new EngineSettings(
                target,
                window,
                cancelWindow,
                newDeadline,
                silenceLimit,
                sendInterval,
                tls,
                traceId);
    }

    public EngineSettings withSilenceLimit(Duration newLimit) {
        return new EngineSettings(
                target,
                window,
                cancelWindow,
                commandDeadline,
                newLimit,
                sendInterval,
                tls,
                traceId);
    }

    public EngineSettings withSendInterval(Duration newInterval) {
        return new EngineSettings(
                target,
                window,
                cancelWindow,
                commandDeadline,
                silenceLimit,
                newInterval,
                tls,
                traceId);
    }

    public EngineSettings withTls(EngineTls newTls) {
        return new EngineSettings(
                target,
                window,
                cancelWindow,
                commandDeadline,
                silenceLimit,
                sendInterval,
                newTls,
                traceId);
    }

    public EngineSettings withTraceId(Supplier<String> newTraceId) {
        return new EngineSettings(
                target,
                window,
                cancelWindow,
                commandDeadline,
                silenceLimit,
                sendInterval,
                tls,
                newTraceId);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
