package io.outcry.engineclient;

import io.outcry.engine.v1.Command;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands that were sent and have no answer yet. A command that is overdue keeps its place until
 * it is answered or the connection ends, since it still takes up the engine's window. For the event
 * loop only.
 *
 * <p>A request id is {@code count * capacity + slot}: the slot finds the command without hashing,
 * the count tells a repeated answer from that to the slot's next command.
 */
final class InFlight {
    private final @Nullable Pending<?>[] slots;
    private final int[] free;

    private int freeCount;
    private long count;

    InFlight(int capacity) {
        slots = new Pending<?>[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            free[i] = capacity - 1 - i;
        }
        freeCount = capacity;
    }

    int size() {
        return slots.length - freeCount;
    }

    Command add(Pending<?> pending) {
        int slot = free[--freeCount];
        slots[slot] = pending;
        return pending.number(++count * slots.length + slot);
    }

    /** The command of that id, or null when none is awaiting an answer. */
    @Nullable Pending<?> remove(long requestId) {
        int slot = (int) Long.remainderUnsigned(requestId, slots.length);
        Pending<?> pending = slots[slot];
        if (pending == null || pending.requestId() != requestId) {
            return null;
        }
        slots[slot] = null;
        free[freeCount++] = slot;
        return pending;
    }

    void forEach(Consumer<Pending<?>> action) {
        if (size() == 0) {
            return;
        }
        for (Pending<?> pending : slots) {
            if (pending != null) {
                action.accept(pending);
            }
        }
    }

    /** Empties the table; what was in it is the caller's. */
    Pending<?>[] removeAll() {
        Pending<?>[] all = new Pending<?>[size()];
        int next = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            Pending<?> pending = slots[slot];
            if (pending != null) {
                all[next++] = pending;
                free[freeCount++] = slot;
            }
        }
        Arrays.fill(slots, null);
        return all;
    }
}
