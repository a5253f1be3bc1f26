package io.outcry.e2e;

import io.outcry.e2e.Client.Answer;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client that trades without pause and, whatever fails, sends an order again under the same
 * client order id until it has an answer that settles it. Its own thread trades; others read what
 * it found, and stop it.
 */
final class Trader {
    private static final long RETRY_AFTER_MS = 20;
    private static final int REPEAT_EVERY = 10;
    private static final int CANCEL_EVERY = 4;

    private final Client client;
    private final Random random;
    private final String prefix;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final Thread thread;

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, String> rejected = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicLong retries = new AtomicLong();

    Trader(Client client, int number, long seed) {
        this.client = client;
        this.random = new Random(seed + number);
        this.prefix = "t" + number + "-";
        this.thread = new Thread(this::trade, "trader-" + number);
    }

    void start() {
        thread.start();
    }

    /** Lets the order under way be settled, and ends. */
    void stop() throws InterruptedException {
        stopRequested.countDown();
        thread.join();
    }

    long accountId() {
        return client.accountId();
    }

    /** Order ids by client order id, of orders that were answered with 201. */
    Map<String, Long> acknowledged() {
        return acknowledged;
    }

    /** Codes by client order id, of orders that were refused by a rule. */
    Map<String, String> rejected() {
        return rejected;
    }

    /** Answers that should not have come. */
    CopyOnWriteArrayList<String> violations() {
        return violations;
    }

    /** How often an order was sent again because its fate was unknown. */
    long retries() {
        return retries.get();
    }

    private void trade() {
        try {
            for (int n = 0; stopRequested.getCount() > 0; n++) {
                tradeOnce(n);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tradeOnce(int n) throws InterruptedException {
        String id = prefix + n;
        String order = order(id);
        Answer answer = settled(order);
        if (answer.status() != 201) {
            rejected.put(id, answer.code());
            return;
        }
        long orderId = answer.body().path("id").asLong();
        acknowledged.put(id, orderId);
        if (n % REPEAT_EVERY == 0) {
            Answer again = settled(order);
            if (again.status() != 201 || again.body().path("id").asLong() != orderId) {
                violations.add(id + " was order " + orderId + ", and then " + again);
            }
        } else if (n % CANCEL_EVERY == 0) {
            cancel(orderId);
        }
    }

    private Answer settled(String order) throws InterruptedException {
        while (true) {
            try {
                Answer answer = client.post("/api/orders", order);
                if (answer.status() == 201 || answer.status() == 422) {
                    return answer;
                }
                if (answer.status() != 503 && answer.status() != 504 && answer.status() != 502) {
                    violations.add(order + " was answered with " + answer);
                    return answer;
                }
            } catch (IOException broken) {
                // As unknown as a 504: sent again like one.
            }
            retries.incrementAndGet();
            stopRequested.await(RETRY_AFTER_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void cancel(long orderId) throws InterruptedException {
        try {
            int status = client.delete("/api/orders/" + orderId).status();
            if (status != 200 && status != 409 && status < 500) {
                violations.add("canceling " + orderId + " was answered with " + status);
            }
        } catch (IOException broken) {
            // Canceled or not: the order's own record will tell.
        }
    }

    private String order(String id) {
        String side = random.nextBoolean() ? "BUY" : "SELL";
        String type = random.nextInt(5) == 0 ? "MARKET" : "LIMIT";
        int quantity = 1 + random.nextInt(9);
        String price =
                type.equals("LIMIT") ? ",\"price\":\"" + (140 + random.nextInt(21)) + ".00\"" : "";
        return """
        {"symbol":"AAPL","side":"%s","order_type":"%s","quantity":"%d","client_order_id":"%s"%s}"""
                .formatted(side, type, quantity, id, price);
    }
}
