package io.outcry.api.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key pair that signs access tokens: EC on P-256. All replicas have the same one. Immutable;
 * its text never holds the key.
 */
public final class TokenKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /** Enough to tell a few keys apart; every request carries it. */
    private static final int NAME_LENGTH = 8;

    private final ECKey key;

    private TokenKey(ECKey key) {
        this.key = key;
    }

    /**
     * Reads a private key.
     *
     * @param pem PKCS#8
     * @throws IllegalArgumentException when it is no such key, saying why
     */
    public static TokenKey parse(String pem) {
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(decode(pem));
            if (!(factory.generatePrivate(encoded) instanceof ECPrivateKey secret)
                    || !Curve.P_256.equals(Curve.forECParameterSpec(secret.getParams()))) {
                throw new IllegalArgumentException("is not an EC key on the curve P-256");
            }
            ECKey pair =
                    new ECKey.Builder(Curve.P_256, publicKey(factory, secret))
                            .privateKey(secret)
                            .keyUse(KeyUse.SIGNATURE)
                            .build();
            String name = pair.computeThumbprint().toString().substring(0, NAME_LENGTH);
            return new TokenKey(new ECKey.Builder(pair).keyID(name).build());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalArgumentException("is not an EC private key in PKCS#8", e);
        }
    }

    /** 32 bytes for another purpose, which tell nothing of the key nor of those for others. */
    byte[] derived(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getD().decode(), "HmacSHA256"));
            return mac.doFinal(("outcry " + purpose).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no HMAC-SHA256", e);
        }
    }

    ECKey pair() {
        return key;
    }

    private static byte[] decode(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw new IllegalArgumentException("is not PEM: it must begin with " + BEGIN);
        }
        String base64 = text.substring(BEGIN.length(), text.length() - END.length());
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not PEM: its content is not base64", e);
        }
    }

    /**
     * PKCS#8 need not hold the public key, so it is derived. Key agreement with the curve's
     * generator as the other side yields the x of secret × generator, which is the public point;
     * the curve's equation leaves two y, and only one of them verifies what the secret has signed.
     */
    private static ECPublicKey publicKey(KeyFactory factory, ECPrivateKey secret)
            throws GeneralSecurityException {
        ECParameterSpec curve = secret.getParams();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(secret);
        agreement.doPhase(
                factory.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
        BigInteger x = new BigInteger(1, agreement.generateSecret());
        BigInteger y = ordinate(curve.getCurve(), x);
        BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        for (BigInteger candidate : new BigInteger[] {y, prime.subtract(y)}) {
            ECPublicKeySpec spec = new ECPublicKeySpec(new ECPoint(x, candidate), curve);
            ECPublicKey open = (ECPublicKey) factory.generatePublic(spec);
            if (belongTogether(secret, open)) {
                return open;
            }
        }
        throw new GeneralSecurityException("the key has no public counterpart");
    }

    /** The root of x³ + ax + b: P-256's prime is 3 modulo 4, so a power yields it. */
    private static BigInteger ordinate(EllipticCurve curve, BigInteger x) {
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        BigInteger square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
        return square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    }

    private static boolean belongTogether(ECPrivateKey secret, ECPublicKey open)
            throws GeneralSecurityException {
        byte[] message = {1};
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(secret);
        signing.update(message);
        byte[] signature = signing.sign();
        Signature verifying = Signature.getInstance("SHA256withECDSA");
        verifying.initVerify(open);
        verifying.update(message);
        return verifying.verify(signature);
    }

    @Override
    public String toString() {
        return "TokenKey[" + key.getKeyID() + "]";
    }
}
