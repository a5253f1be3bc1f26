package io.outcry.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a replica's place in tests of the supervisor: started the same way, it answers with the
 * environment it was given.
 */
public final class StandInApi {
    private StandInApi() {}

    public static void main(String[] args) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        int port = Integer.parseInt(environment.get("OUTCRY_HTTP_PORT"));
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(environment.get("OUTCRY_HTTP_HOST"), port), 0);
        server.createContext("/health/live", exchange -> answer(exchange, ""));
        server.createContext("/health/ready", exchange -> answer(exchange, ""));
        server.createContext(
                "/api/environment", exchange -> answer(exchange, environment.toString()));
        server.start();
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
