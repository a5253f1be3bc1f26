package io.outcry.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What never changes while the server runs, made ready once: as it is and compressed, each with a
 * tag by which a client that has it is told so instead. Every replica gives the same tags.
 * Immutable.
 */
public final class StaticContent {
    private static final int TAG_BYTES = 12;

    /** Named, and not with the weight 0. */
    private static final Pattern GZIP =
            Pattern.compile("(?i)(^|[,\\s])gzip\\s*(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))(;|,|$)");

    private final String contentType;
    private final Variant plain;
    private final Variant compressed;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Variant(byte[] bytes, String tag) {
        static Variant of(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return new Variant(bytes, '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"');
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the platform has no SHA-256", e);
            }
        }
    }

    public StaticContent(String contentType, byte[] bytes) {
        this.contentType = contentType;
        plain = Variant.of(bytes.clone());
        compressed = Variant.of(gzip(bytes));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** Answers with it, or with 304 to whoever says that they have it. Never blocks. */
    public void answer(Exchange exchange) throws IOException {
        boolean small = takesGzip(exchange.header("Accept-Encoding"));
        Variant variant = small ? compressed : plain;
        exchange.addHeader("ETag", variant.tag());
        exchange.addHeader("Vary", "Accept-Encoding");
        // May be kept, but is asked for anew each time: another version may run by then.
        exchange.addHeader("Cache-Control", "no-cache");
        if (isHad(exchange.header("If-None-Match"), variant)) {
            exchange.answerNotModified();
            return;
        }
        if (small) {
            exchange.addHeader("Content-Encoding", "gzip");
        }
        exchange.answer(200, contentType, variant.bytes());
    }

    private static boolean takesGzip(@Nullable String encodings) {
        return encodings != null && GZIP.matcher(encodings).find();
    }

    private static boolean isHad(@Nullable String tags, Variant variant) {
        return tags != null && (tags.equals("*") || tags.contains(variant.tag()));
    }
}
