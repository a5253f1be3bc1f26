package io.outcry.standalone.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Set;

/**
 * The venue's secrets, made once and kept in files that only their owner can read.
 *
 * @param databasePassword file with the password of the database's user
 * @param tokenKey file with the key that signs access tokens: EC P-256, PKCS#8, PEM
 */
public record Secrets(Path databasePassword, Path tokenKey) {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final int PASSWORD_BYTES = 32;
    private static final int PEM_LINE = 64;

    /** Makes what is missing in the directory. */
    public static Secrets in(Path directory) throws IOException {
        Secrets secrets =
                new Secrets(
                        directory.resolve("database-password"), directory.resolve("token-key.pem"));
        if (!Files.exists(secrets.databasePassword())) {
            write(secrets.databasePassword(), newPassword());
        }
        if (!Files.exists(secrets.tokenKey())) {
            write(secrets.tokenKey(), newSigningKey());
        }
        return secrets;
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
            Base64.Encoder encoder =
                    Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
            return "-----BEGIN PRIVATE KEY-----\n"
                    + encoder.encodeToString(pkcs8)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256", e);
        }
    }

    /** Written aside and moved, so that a file that is there is whole. */
    static void write(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        Files.createFile(aside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(
                aside, text, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.SYNC);
        Files.move(aside, file);
    }
}
