package io.example.outcry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outcry.domain.account.AccountId;
import io.outcry.domain.engine.EventFeed;
import io.outcry.domain.event.Event;
import io.outcry.domain.instrument.Currency;
import io.outcry.domain.market.BookLevel;
import io.outcry.domain.market.BookSnapshot;
import io.outcry.persistence.PersistenceSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both samples, against a real engine and a real PostgreSQL. */
class SamplesTest {
    @TempDir Path directory;

    @Test
    void twoAccountsTradeAtAnEngineOfOnesOwn() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String target = "127.0.0.1:" + port;
        ProcessBuilder builder =
                new ProcessBuilder(System.getProperty("engine.binary"), "serve", "--init")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("engine.log").toFile());
        builder.environment().put("OUTCRY_ENGINE_DATA", directory.resolve("data").toString());
        builder.environment().put("OUTCRY_ENGINE_LISTEN", target);
        Process engine = builder.start();
        try {
            BookSnapshot book = OwnVenue.trade(target);
            assertEquals(List.of(new BookLevel(180_050, 6, 1)), book.asks());
            assertTrue(book.bids().isEmpty());
        } finally {
            engine.destroyForcibly().onExit().join();
        }
    }

    @Test
    void aLedgerIsKeptInAnyPostgres() throws Exception {
        AccountId me = new AccountId(1);
        Currency eur = new Currency("EUR");
        List<Event> events =
                List.of(
                        new Event.AccountOpened(1, 1, me, 0),
                        new Event.CashAdjusted(2, 2, me, eur, 500, "hello"));
        EventFeed feed =
                (after, afterTime, listener) -> {
                    Thread thread =
                            new Thread(
                                    () ->
                                            listener.onEvents(
                                                    events.subList((int) after, 2), 2));
                    thread.start();
                    return () -> {};
                };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            PersistenceSettings settings =
                    PersistenceSettings.of(
                            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                            "postgres",
                            "");
            OwnLedger.write(settings, feed, 2, me, out);
        }
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\r\n");
        assertEquals(2, lines.length);
        assertTrue(lines[1].contains(",CASH_ADJUSTMENT,,hello,EUR,500,500,"), lines[1]);
    }
}
