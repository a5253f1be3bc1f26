package io.outcry.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/** TLS with a server whose certificate is signed by whom one trusts, and names it. No state. */
final class TrustedServer {
    private static final String STORE_TYPE = "PKCS12";

    /** A store must have one; it holds no secret, and only in memory. */
    private static final char[] STORE_PASSWORD = {'-'};

    private TrustedServer() {}

    /**
     * How to speak with it.
     *
     * @param authorities in PEM; null: those that Java trusts
     * @throws IllegalArgumentException when they cannot be read
     */
    static SslOptions options(@Nullable Path authorities) {
        SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        if (authorities != null) {
            byte[] store = store(authorities);
            options.trustStoreType(STORE_TYPE)
                    .truststore(() -> new ByteArrayInputStream(store), STORE_PASSWORD);
        }
        return options.build();
    }

    private static byte[] store(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, STORE_PASSWORD);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "certificates to trust cannot be read from " + pem, e);
        }
    }
}
