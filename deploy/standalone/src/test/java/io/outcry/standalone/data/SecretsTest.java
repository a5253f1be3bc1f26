package io.outcry.standalone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final int P256_BITS = 256;

    @TempDir private Path directory;

    @Test
    void onlyTheirOwnerReadsThem() throws IOException {
        Secrets secrets = Secrets.in(directory);
        for (Path file : new Path[] {secrets.databasePassword(), secrets.tokenKey()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void areKept() throws IOException {
        String password = Files.readString(Secrets.in(directory).databasePassword());
        assertThat(Secrets.in(directory).databasePassword())
                .content()
                .isEqualTo(password)
                .hasSizeGreaterThan(40);
    }

    @Test
    void theTokenKeyIsAPemOfACurveP256Key() throws Exception {
        String pem = Files.readString(Secrets.in(directory).tokenKey());
        assertThat(pem)
                .startsWith("-----BEGIN PRIVATE KEY-----\n")
                .endsWith("\n-----END PRIVATE KEY-----\n");
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        var key =
                (ECPrivateKey)
                        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(P256_BITS);
    }
}
