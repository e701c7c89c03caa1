package org.impsiwf.testkit.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The literal address in a SIP URI. */
final class HostPort {
    private static final Pattern LITERAL =
            Pattern.compile("sips?:(?:[^@]*@)?(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-fA-F:.]+])(?::(\\d+))?.*");

    private HostPort() {}

    /** Empty when the host is a name: nothing is looked up. */
    static Optional<InetSocketAddress> in(String uri) {
        Matcher literal = LITERAL.matcher(uri);
        if (!literal.matches()) {
            return Optional.empty();
        }
        InetAddress address = InetAddress.ofLiteral(literal.group(1).replaceAll("[\\[\\]]", ""));
        int port = literal.group(2) == null ? 5060 : Integer.parseInt(literal.group(2));
        return Optional.of(new InetSocketAddress(address, port));
    }
}
