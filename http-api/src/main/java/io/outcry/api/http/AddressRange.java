package io.outcry.api.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses that begin with the same bits: one alone, or a network in CIDR notation. Immutable. */
public final class AddressRange {
    private static final Pattern LITERAL =
            Pattern.compile("\\d+(\\.\\d+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final int IPV4_BYTES = 4;
    private static final int SITE_BYTES = 8;

    private final byte[] network;
    private final int bits;
    private final String text;

    private AddressRange(byte[] network, int bits, String text) {
        this.network = network;
        this.bits = bits;
        this.text = text;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", -1);
        byte[] network = bytes(parts[0]);
        int most = network.length * 8;
        int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
        if (parts.length > 2 || bits < 0 || bits > most) {
            throw new IllegalArgumentException("is no address or network: " + text);
        }
        return new AddressRange(network, bits, text);
    }

    /**
     * Reads several, with commas between them.
     *
     * @throws IllegalArgumentException when one is none
     */
    public static List<AddressRange> parseAll(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(AddressRange::parse)
                        .toList();
    }

    /** Whether it is a single address, as a literal. */
    static boolean isAddress(String text) {
        try {
            return bytes(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether one of them has the address, which is a literal. */
    static boolean anyContains(List<AddressRange> ranges, String address) {
        byte[] bytes = bytes(address);
        return ranges.stream().anyMatch(range -> range.contains(bytes));
    }

    /** Whether the address, which is a literal, is in it. */
    public boolean contains(String address) {
        return contains(bytes(address));
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(address, 0, whole, network, 0, whole)
                && (rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0);
    }

    /**
     * What one client has to itself: an IPv4 address, and of IPv6 the network of 64 bits, in which
     * a client may call itself what it likes (RFC 6177).
     *
     * @param address a literal
     */
    static String site(String address) {
        byte[] bytes = bytes(address);
        boolean alone = bytes.length == IPV4_BYTES;
        if (!alone) {
            Arrays.fill(bytes, SITE_BYTES, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + (alone ? "" : "/64");
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
        }
    }

    /** Names are refused: nothing is looked up. */
    private static byte[] bytes(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("is no address: " + literal);
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is no address: " + literal, e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
