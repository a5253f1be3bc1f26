package io.outcry.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.outcry.api.TestClient.Trader;
import io.outcry.testing.RawHttp;
import io.outcry.testing.RawHttp.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A signed request of which one bit is another than what was signed, for every bit of every part:
 * each is refused and changes nothing, and then the request itself passes, once.
 */
class SignatureBitTest {
    private static final String METHOD = "POST";
    private static final String PATH = "/api/orders";
    private static final String QUERY = "note=a1&of=b2";
    private static final String BODY =
            "{\"symbol\":\"AAPL\",\"side\":\"BUY\",\"type\":\"MARKET\",\"qty\":1}";

    private static final String SCOPES = "\"scopes\":[\"READ\",\"TRADE\"]";

    /** What the path takes, too, so that it is the signature that keeps them out. */
    private static final List<String> OTHER_METHODS = List.of("GET", "HEAD", "DELETE");

    private static final List<String> METHODS_OF_NO_USE =
            List.of("PATCH", "PUT", "OPTIONS", "TRACE", "CONNECT", "post", "POSTS");

    /** Of a request, with its body. */
    private static final int LINES = 9;

    @AutoClose private static final TestVenue venue = TestVenue.started();
    private static final Map<Signing, SigningKey> KEYS = new EnumMap<>(Signing.class);

    /** The parts of a request, each of which its signature covers. */
    enum Part {
        TIMESTAMP,
        PATH,
        QUERY,
        BODY,
        KEY_ID,
        SIGNATURE
    }

    /** How it is signed. */
    enum Signing {
        ED25519,
        HMAC_SHA256
    }

    /** A request with what was signed of it. */
    private record Signed(String keyId, long time, String signature) {
        String text() {
            return text(METHOD, signature);
        }

        String text(String method, String otherSignature) {
            return String.join(
                    "\r\n",
                    method + " " + PATH + "?" + QUERY + " HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: " + BODY.length(),
                    "Outcry-Key: " + keyId,
                    "Outcry-Timestamp: " + time,
                    "Outcry-Signature: " + otherSignature,
                    "",
                    BODY);
        }

        String part(Part part) {
            return switch (part) {
                case TIMESTAMP -> Long.toString(time);
                case PATH -> PATH;
                case QUERY -> QUERY;
                case BODY -> BODY;
                case KEY_ID -> keyId;
                case SIGNATURE -> signature;
            };
        }

        /** All that is like it but for one bit of that part. */
        Stream<byte[]> flipped(Part part) {
            int begin = text().indexOf(part(part));
            return IntStream.range(begin * 8, (begin + part(part).length()) * 8)
                    .mapToObj(
                            bit -> {
                                byte[] request = text().getBytes(ISO_8859_1);
                                request[bit / 8] ^= (byte) (1 << bit % 8);
                                return request;
                            });
        }
    }

    @BeforeAll
    static void makeKeys() throws Exception {
        // What is signed once is good until every bit of it was tried.
        venue.clock.stop();
        Trader trader = venue.register();
        KEYS.put(Signing.ED25519, SigningKey.ed25519(venue, trader, SCOPES));
        KEYS.put(Signing.HMAC_SHA256, SigningKey.hmac(venue, trader, SCOPES));
    }

    private static Signed signed(Signing signing) throws Exception {
        SigningKey key = KEYS.get(signing);
        // One that no test has signed at before.
        venue.clock.advance(Duration.ofNanos(1_000));
        Instant now = venue.clock.instant();
        long time = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        byte[] signature = key.signature(time, METHOD, PATH + "?" + QUERY, BODY);
        return new Signed(key.id(), time, Base64.getEncoder().encodeToString(signature));
    }

    static Stream<Arguments> parts() {
        return Stream.of(Signing.values())
                .flatMap(key -> Stream.of(Part.values()).map(part -> arguments(key, part)));
    }

    private static Answer send(byte[] request) throws Exception {
        return RawHttp.answer(venue.port(), request).orElseThrow();
    }

    /** Refused for its signature; or, where that can be no request for the path, before it. */
    private static void assertRefused(byte[] request, boolean forItsSignature) throws Exception {
        Answer answer = send(request);
        String what = new String(request, ISO_8859_1) + "\n" + answer.body();
        if (forItsSignature) {
            assertThat(answer.status()).as(what).isEqualTo(401);
        } else {
            assertThat(answer.status()).as(what).isBetween(400, 499);
        }
    }

    /** Whether the bytes can be parts of a head that leads to the same route. */
    private static boolean reachesTheRoute(Part part, byte[] request) {
        String text = new String(request, ISO_8859_1);
        String[] lines = text.split("\r\n", -1);
        boolean plain = String.join("", lines).chars().allMatch(c -> c >= ' ' && c < 127);
        return switch (part) {
            case BODY -> true;
            case PATH -> false;
            case QUERY -> text.matches("(?s)POST /api/orders\\?[A-Za-z0-9&=._~-]* HTTP.*");
            case TIMESTAMP, KEY_ID, SIGNATURE -> plain && lines.length == LINES;
        };
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("parts")
    void noFlippedBitPasses(Signing signing, Part part) throws Exception {
        Signed signed = signed(signing);
        long before = venue.engine.sequence();

        for (byte[] request : signed.flipped(part).toList()) {
            assertRefused(request, reachesTheRoute(part, request));
        }

        assertThat(venue.engine.sequence()).isEqualTo(before);
        assertPassesOnce(signed);
    }

    private static void assertPassesOnce(Signed signed) throws Exception {
        byte[] request = signed.text().getBytes(UTF_8);
        Answer answer = send(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        long after = venue.engine.sequence();
        Answer again = send(request);
        assertThat(again.status()).as(again.body()).isEqualTo(401);
        assertThat(again.body()).contains("used before");
        assertThat(venue.engine.sequence()).isEqualTo(after);
    }

    static Stream<Signing> keys() {
        return Stream.of(Signing.values());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noBitOfTheSignatureItselfIsOfNoMatter(Signing signing) throws Exception {
        Signed signed = signed(signing);
        byte[] signature = Base64.getDecoder().decode(signed.signature());
        long before = venue.engine.sequence();

        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] other = signature.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            String text = Base64.getEncoder().encodeToString(other);
            assertRefused(signed.text(METHOD, text).getBytes(UTF_8), true);
        }

        assertThat(venue.engine.sequence()).isEqualTo(before);
        assertPassesOnce(signed);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noOtherMethodPasses(Signing signing) throws Exception {
        Signed signed = signed(signing);
        long before = venue.engine.sequence();
        List<String> others = new ArrayList<>(METHODS_OF_NO_USE);
        for (int bit = 0; bit < METHOD.length() * 8; bit++) {
            byte[] method = METHOD.getBytes(ISO_8859_1);
            method[bit / 8] ^= (byte) (1 << bit % 8);
            others.add(new String(method, ISO_8859_1));
        }

        for (String method : OTHER_METHODS) {
            assertRefused(signed.text(method, signed.signature()).getBytes(UTF_8), true);
        }
        for (String method : others) {
            assertRefused(signed.text(method, signed.signature()).getBytes(ISO_8859_1), false);
        }

        assertThat(venue.engine.sequence()).isEqualTo(before);
        assertPassesOnce(signed);
    }
}
