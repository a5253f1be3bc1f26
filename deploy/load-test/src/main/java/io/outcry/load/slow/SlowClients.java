package io.outcry.load.slow;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Slow connections of all kinds, on a thread of their own. Safe for use by many threads. */
final class SlowClients implements AutoCloseable {
    /** An attacker connects steadily, not with everything at the same instant. */
    private static final int TURNS_TO_CONNECT = 10;

    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Parts of a turn: each client has its turn at a moment of its own. */
    private static final int PARTS = 100;

    private final List<SlowClient> clients = new ArrayList<>();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicInteger connected = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "slow-clients");
    private volatile boolean stopped;

    SlowClients(URI target, @Nullable InetAddress from, int count, String token) {
        SlowClient.Kind[] kinds = SlowClient.Kind.values();
        for (int i = 0; i < count; i++) {
            clients.add(new SlowClient(target, from, kinds[i % kinds.length], token));
        }
        thread.start();
    }

    private void run() {
        long dueNanos = System.nanoTime();
        for (int part = 0; !stopped; part = (part + 1) % PARTS) {
            serve(part);
            dueNanos = Math.max(System.nanoTime(), dueNanos + TURN_NANOS / PARTS);
            try {
                TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void serve(int part) {
        int mayConnect = Math.max(1, clients.size() / TURNS_TO_CONNECT / PARTS);
        for (int i = part; i < clients.size(); i += PARTS) {
            SlowClient client = clients.get(i);
            if (client.connected()) {
                if (client.go()) {
                    ended.incrementAndGet();
                    connected.decrementAndGet();
                }
            } else if (mayConnect > 0) {
                mayConnect--;
                client.open();
                if (client.connected()) {
                    connected.incrementAndGet();
                }
            }
        }
    }

    /** How many are connected now. */
    int connected() {
        return connected.get();
    }

    /** How often the server has ended one. */
    long ended() {
        return ended.get();
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.forEach(SlowClient::close);
    }
}
