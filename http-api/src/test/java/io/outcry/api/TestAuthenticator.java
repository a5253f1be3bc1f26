package io.outcry.api;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/** Makes codes of a second factor's secret, as an application on a phone does. */
final class TestAuthenticator {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 20;

    private TestAuthenticator() {}

    static String code(String secret, Instant now) throws InvalidKeyException {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < secret.length(); i++) {
            bits = bits.shiftLeft(5).add(BigInteger.valueOf(BASE32.indexOf(secret.charAt(i))));
        }
        byte[] bytes = new byte[SECRET_BYTES];
        byte[] digits = bits.toByteArray();
        int from = Math.max(0, digits.length - bytes.length);
        int length = digits.length - from;
        System.arraycopy(digits, from, bytes, bytes.length - length, length);
        return new TimeBasedOneTimePasswordGenerator()
                .generateOneTimePasswordString(new SecretKeySpec(bytes, "HmacSHA1"), now);
    }
}
