package io.outcry.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of what is good something that is nearly so, at random, and never what it was given. For
 * one thread.
 */
public final class Mutator {
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "null",
                    "true",
                    "-",
                    "1e999",
                    "0",
                    "99999999999",
                    "\u0000",
                    "\\ud800",
                    "\"price\"",
                    "\"quantity\":",
                    "{}",
                    "é",
                    "NaN",
                    "1.0000000000000001");

    /** A value of a member that is no object or array. */
    private static final Pattern VALUE =
            Pattern.compile("(?<=:)(\"[^\"]*\"|[0-9.]+|true|false|null)");

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "[null]",
                    "[\"x\",\"x\"]",
                    "{\"a\":{}}",
                    "0",
                    "-1",
                    "1e999",
                    "1E-9",
                    "0.000000001",
                    "99999999999999999999",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "\"\"",
                    "\" \"",
                    "\"-0\"",
                    "\"+1\"",
                    "\"1e5\"",
                    "\"NaN\"",
                    "\"0x10\"",
                    "\"١٠\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\ud83d\\ude00\"",
                    "\"" + "9".repeat(300) + "\"",
                    "\"../x\"",
                    "\"' or 1=1 --\"",
                    "\"AAPL\"",
                    "\"SELL\"",
                    "\"MARKET\"",
                    "\"STOP\"",
                    "\"1\"",
                    "\"7.5\"",
                    "\"150\"");

    private static final String IN_TARGETS = "abcdefgXYZ0189/-._~%2F%00?&=;+:@!$'()*,";

    private static final List<String> HEADER_NAMES =
            List.of(
                    "Accept",
                    "Accept-Encoding",
                    "Accept-Language",
                    "Access-Control-Request-Headers",
                    "Access-Control-Request-Method",
                    "Authorization",
                    "Connection",
                    "Content-Encoding",
                    "Content-Length",
                    "Content-Type",
                    "Cookie",
                    "Date",
                    "Expect",
                    "Forwarded",
                    "Host",
                    "HTTP2-Settings",
                    "Idempotency-Key",
                    "If-Match",
                    "If-Modified-Since",
                    "If-None-Match",
                    "If-Unmodified-Since",
                    "Keep-Alive",
                    "Max-Forwards",
                    "Origin",
                    "Outcry-Key",
                    "Outcry-Signature",
                    "Outcry-Timestamp",
                    "Proxy-Authorization",
                    "Range",
                    "Referer",
                    "Sec-WebSocket-Extensions",
                    "Sec-WebSocket-Key",
                    "Sec-WebSocket-Protocol",
                    "Sec-WebSocket-Version",
                    "TE",
                    "Trailer",
                    "Transfer-Encoding",
                    "Upgrade",
                    "User-Agent",
                    "Via",
                    "X-Forwarded-For",
                    "X-Forwarded-Host",
                    "X-Forwarded-Proto",
                    "X-HTTP-Method-Override",
                    "X-Real-IP",
                    "X-Request-Id",
                    "traceparent",
                    "",
                    " ",
                    "A B",
                    "\u00e9",
                    "\u0000",
                    "N".repeat(3_000));

    private static final List<String> HEADER_VALUES =
            List.of(
                    "",
                    " ",
                    "\t",
                    "\u0000",
                    "\u007f",
                    "\u00e9",
                    "\u00ff\u00fe",
                    "\r",
                    "a\nb",
                    "a\r\nX-Injected: b",
                    "*",
                    "*/*;q=x",
                    ",,,",
                    ";=;",
                    "\"",
                    "0",
                    "-1",
                    "+1",
                    "1, 2",
                    "0x10",
                    "99999999999999999999",
                    "9223372036854775807",
                    "chunked",
                    "gzip",
                    "gzip, chunked",
                    "chunked, chunked",
                    "identity",
                    "close",
                    "keep-alive, Upgrade",
                    "websocket",
                    "h2c",
                    "100-continue",
                    "200-ok",
                    "DELETE",
                    "text/plain",
                    "application/json; charset=utf-16",
                    "application/json;;charset",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=",
                    "Bearer",
                    "Bearer a.b.c",
                    "Basic Og==",
                    "https://elsewhere.example",
                    "null",
                    "localhost:99999",
                    "::1",
                    "999.1.1.1",
                    "192.0.2.1, 127.0.0.1",
                    "bytes=0-1,5-",
                    "W/\"x\"",
                    "Thu, 01 Jan 1970 00:00:00 GMT",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "dGhlIHNhbXBsZSBub25jZQ==",
                    "13",
                    "permessage-deflate; server_max_window_bits=99",
                    "../../etc/passwd",
                    "%00",
                    "${jndi:ldap://elsewhere.example}",
                    "v".repeat(3_000),
                    "v".repeat(9_000));

    private static final int MOST_EDITS = 4;

    private final Random random;

    public Mutator(Random random) {
        this.random = random;
    }

    /** Any of them. */
    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** JSON that has other values, or of which pieces are missing, repeated or others'. */
    public String json(String from) {
        while (true) {
            String mutated = random.nextBoolean() ? edited(from) : revalued(from);
            if (!mutated.equals(from)) {
                return mutated;
            }
        }
    }

    private String revalued(String from) {
        return VALUE.matcher(from)
                .replaceAll(
                        value ->
                                random.nextInt(4) == 0
                                        ? Matcher.quoteReplacement(one(VALUES))
                                        : Matcher.quoteReplacement(value.group()));
    }

    private String edited(String from) {
        StringBuilder text = new StringBuilder(from);
        for (int edits = edits(); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(6));
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, one(PIECES));
                case 1 -> text.delete(at, end);
                default -> text.insert(at, text.substring(at, end));
            }
        }
        return text.toString();
    }

    /** A body likewise, sometimes with a byte that is no letter. */
    public byte[] body(String from) {
        byte[] given = from.getBytes(UTF_8);
        while (true) {
            byte[] bytes = json(from).getBytes(UTF_8);
            if (bytes.length > 0 && random.nextInt(8) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (!Arrays.equals(bytes, given)) {
                return bytes;
            }
        }
    }

    /** A path with a query of which letters are others; it begins as it did. */
    public String target(String from) {
        StringBuilder target = new StringBuilder(from);
        while (target.toString().equals(from)) {
            for (int edits = edits(); edits > 0; edits--) {
                int at = 1 + random.nextInt(target.length() - 1);
                char other = IN_TARGETS.charAt(random.nextInt(IN_TARGETS.length()));
                target.setCharAt(at, other);
            }
        }
        return target.toString();
    }

    /** Header lines of which some are missing, repeated, broken or others. */
    public List<String> headers(List<String> from) {
        while (true) {
            List<String> lines = new ArrayList<>(from);
            for (int edits = edits(); edits > 0 && !lines.isEmpty(); edits--) {
                editHeader(lines, random.nextInt(lines.size()));
            }
            if (!lines.equals(from)) {
                return lines;
            }
        }
    }

    private void editHeader(List<String> lines, int at) {
        String line = lines.get(at);
        String name = line.substring(0, Math.max(0, line.indexOf(':')));
        switch (random.nextInt(6)) {
            case 0 -> lines.add(at, one(HEADER_NAMES) + ": " + one(HEADER_VALUES));
            case 1 -> lines.set(at, name + ": " + one(HEADER_VALUES));
            case 2 -> lines.set(at, edited(line));
            case 3 -> lines.remove(at);
            case 4 -> lines.add(at, name + ": " + one(HEADER_VALUES));
            default -> lines.set(at, one(HEADER_NAMES) + line.substring(name.length()));
        }
    }

    /** A request as it goes over the wire. */
    public static byte[] request(String line, List<String> headers, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head = line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        request.writeBytes(head.getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private int edits() {
        return 1 + random.nextInt(MOST_EDITS);
    }
}
