package io.outcry.load.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Writes one client's requests as bytes. Immutable. */
public final class RequestWriter {
    private static final String VERSION_AND_HOST = " HTTP/1.1\r\nHost: ";

    private final String afterPath;

    private RequestWriter(String afterPath) {
        this.afterPath = afterPath;
    }

    /** Requests without credentials. */
    public static RequestWriter to(URI target) {
        return new RequestWriter(
                VERSION_AND_HOST
                        + target.getRawAuthority()
                        + "\r\nAccept: application/json\r\nUser-Agent: outcry-load\r\n");
    }

    /** The same requests with a bearer token. */
    public RequestWriter withToken(String token) {
        return new RequestWriter(afterPath + "Authorization: Bearer " + token + "\r\n");
    }

    public byte[] get(String path) {
        return bytes("GET " + path + afterPath + "\r\n");
    }

    public byte[] delete(String path) {
        return bytes("DELETE " + path + afterPath + "\r\n");
    }

    /** The body must be ASCII. */
    public byte[] post(String path, String json) {
        return bytes(
                "POST "
                        + path
                        + afterPath
                        + "Content-Type: application/json\r\nContent-Length: "
                        + json.length()
                        + "\r\n\r\n"
                        + json);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.ISO_8859_1);
    }
}
