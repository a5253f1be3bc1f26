package io.outcry.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A certificate for 127.0.0.1, signed by itself and made for one run. Immutable. */
record TestCertificate(Path certificate, Path key) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** Leaves its files, {@code NAME.crt} and {@code NAME.key} in PEM among them, there. */
    static TestCertificate make(Path directory, String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        int status = new ProcessBuilder(keytool(name, store)).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("keytool ended with " + status);
        }
        return of(directory, name, read(store));
    }

    private static List<String> keytool(String name, Path store) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
    }

    private static KeyStore read(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static TestCertificate of(Path directory, String name, KeyStore keys)
            throws GeneralSecurityException, IOException {
        byte[] certificate = keys.getCertificate(name).getEncoded();
        byte[] key = keys.getKey(name, PASSWORD).getEncoded();
        return new TestCertificate(
                writePem(directory.resolve(name + ".crt"), "CERTIFICATE", certificate),
                writePem(directory.resolve(name + ".key"), "PRIVATE KEY", key));
    }

    private static Path writePem(Path file, String type, byte[] content) throws IOException {
        String text =
                "-----BEGIN "
                        + type
                        + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                        + "\n-----END "
                        + type
                        + "-----\n";
        return Files.write(file, text.getBytes(US_ASCII));
    }

    /** What a Redis server needs to speak TLS with it at that port. */
    Map<String, String> serverSettings(int port) {
        return Map.of(
                "tls-port",
                Integer.toString(port),
                "tls-cert-file",
                certificate.toString(),
                "tls-key-file",
                key.toString(),
                "tls-ca-cert-file",
                certificate.toString(),
                "tls-auth-clients",
                "no");
    }
}
