package org.impsiwf.sip.auth;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A list of networks in CIDR notation, of both IP versions. An IPv4-mapped IPv6 address is its IPv4 address. Pure. */
public final class TrustedSources {

    private static final byte[] MAPPED_PREFIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private record Network(byte[] address, int prefixLength) {

        boolean contains(byte[] candidate) {
            if (candidate.length != address.length) {
                return false;
            }
            int whole = prefixLength / 8;
            if (!Arrays.equals(candidate, 0, whole, address, 0, whole)) {
                return false;
            }
            int rest = prefixLength % 8;
            int mask = 0xff << (8 - rest) & 0xff;
            return rest == 0 || (candidate[whole] & mask) == (address[whole] & mask);
        }
    }

    private final List<Network> networks;

    private TrustedSources(List<Network> networks) {
        this.networks = networks;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
     *
     * @throws IllegalArgumentException naming the entry that is neither
     */
    public static TrustedSources of(List<String> cidrs) {
        var networks = new ArrayList<Network>();
        for (String cidr : cidrs) {
            networks.add(network(cidr.strip()));
        }
        return new TrustedSources(List.copyOf(networks));
    }

    private static Network network(String cidr) {
        int slash = cidr.indexOf('/');
        String text = slash < 0 ? cidr : cidr.substring(0, slash);
        boolean ip6 = text.indexOf(':') >= 0;
        byte[] address = literal(text, ip6, cidr);
        int written = ip6 ? 128 : 32;
        int length = slash < 0 ? written : prefixLength(cidr.substring(slash + 1), written, cidr);
        int stripped = written - address.length * 8; // 96 bits of an IPv4-mapped address
        if (length < stripped) {
            throw new IllegalArgumentException("prefix wider than the IPv4-mapped range: " + cidr);
        }
        return new Network(address, length - stripped);
    }

    private static byte[] literal(String text, boolean ip6, String cidr) {
        if (ip6 || DOTTED.matcher(text).matches()) {
            try {
                return unmapped(InetAddress.ofLiteral(text).getAddress());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("no IP address or network: " + cidr, e);
            }
        }
        throw new IllegalArgumentException("no IP address or network: " + cidr);
    }

    private static int prefixLength(String digits, int longest, String cidr) {
        if (digits.matches("[0-9]{1,3}") && Integer.parseInt(digits) <= longest) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException("no prefix length up to " + longest + ": " + cidr);
    }

    private static byte[] unmapped(byte[] address) {
        boolean mapped = address.length == 16
                && Arrays.equals(address, 0, MAPPED_PREFIX.length, MAPPED_PREFIX, 0, MAPPED_PREFIX.length);
        return mapped ? Arrays.copyOfRange(address, 12, 16) : address;
    }

    public boolean contains(InetAddress source) {
        byte[] address = unmapped(source.getAddress());
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
