package io.outcry.container;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * New secrets of a venue, by who reads them: the database and its clients, Redis, the replicas.
 *
 * @param redisPassword in Redis's configuration and in the replicas' address of it
 * @param tokenKey EC P-256, PKCS#8, PEM
 */
record VenueSecrets(
        String databasePassword, String redisPassword, String tokenKey, String redisHost) {
    private static final int PASSWORD_BYTES = 32;
    private static final int PEM_LINE = 64;
    private static final int REDIS_PORT = 6379;

    static VenueSecrets generate(String redisHost) {
        return new VenueSecrets(newPassword(), newPassword(), newSigningKey(), redisHost);
    }

    /** File names and texts of each reader, Redis last. */
    Map<String, Map<String, String>> byReader() {
        Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
        secrets.put("database", Map.of("username", "outcry", "password", databasePassword));
        secrets.put("api", Map.of("redis-url", redisUrl(), "token-key.pem", tokenKey));
        secrets.put("redis", Map.of("redis.conf", redisConfiguration()));
        return secrets;
    }

    /**
     * The same as Secrets of a cluster, each of which is made and replaced as a whole: Redis's
     * password is in one, both as Redis and as the replicas read it.
     */
    Map<String, Map<String, String>> bySecret() {
        Map<String, Map<String, String>> secrets = byReader();
        secrets.put("api", Map.of("token-key.pem", tokenKey));
        secrets.put("redis", Map.of("redis.conf", redisConfiguration(), "redis-url", redisUrl()));
        return secrets;
    }

    private String redisUrl() {
        return "redis://:" + redisPassword + "@" + redisHost + ":" + REDIS_PORT;
    }

    /** A cache: nothing on disk, and a full one refuses rather than drops a revoked token's key. */
    private String redisConfiguration() {
        return """
        bind * -::*
        port %d
        protected-mode yes
        requirepass %s
        save ""
        appendonly no
        maxmemory 256mb
        maxmemory-policy noeviction
        """
                .formatted(REDIS_PORT, redisPassword);
    }

    @Override
    public String toString() {
        return "VenueSecrets";
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String newSigningKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(PEM_LINE, newline).encodeToString(pkcs8)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }
}
