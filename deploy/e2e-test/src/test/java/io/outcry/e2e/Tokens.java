package io.outcry.e2e;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/**
 * Makes bad access tokens out of a good one.
 *
 * @param good as the venue gave it
 * @param venueKey the venue's own signing key, in PEM
 */
record Tokens(String good, String venueKey) {
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    List<String> bad() throws GeneralSecurityException {
        String[] parts = good.split("\\.", -1);
        String lastYear = payload().replaceAll("\"exp\":\\d+", "\"exp\":1700000000");
        String another = payload().replaceAll("\"acct\":\\d+", "\"acct\":1");
        String withoutAlgorithm = header().replace("ES256", "none");
        return List.of(
                "",
                "nonsense",
                good.substring(0, good.length() - 4) + "AAAA",
                parts[0] + "." + encode(another) + "." + parts[2],
                encode(withoutAlgorithm) + "." + parts[1] + ".",
                signed(lastYear, venueSigner()),
                signed(payload(), stranger()));
    }

    /** As good as the first: shows that the bad ones are refused for what is bad in them. */
    String resigned() throws GeneralSecurityException {
        return signed(payload(), venueSigner());
    }

    private String header() {
        return new String(DECODER.decode(good.split("\\.", -1)[0]), StandardCharsets.UTF_8);
    }

    private String payload() {
        return new String(DECODER.decode(good.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    private String signed(String payload, PrivateKey key) throws GeneralSecurityException {
        String content = encode(header()) + "." + encode(payload);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + ENCODER.encodeToString(signature.sign());
    }

    private PrivateKey venueSigner() throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(venueKey.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static PrivateKey stranger() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair().getPrivate();
    }

    private static String encode(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
