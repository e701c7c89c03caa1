package org.impsiwf.sip.stack;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import javax.sip.SipProvider;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.resolve.Transport;

/** One listening point with its provider. */
record SipPoint(ListenOn on, InetAddress address, SipProvider provider) {

    Transport transport() {
        return on.transport();
    }

    /** Whether a message to that address can leave from here. */
    boolean reaches(Hop hop) {
        return on.transport() == hop.transport()
                && (address.isAnyLocalAddress()
                        || (address.getAddress().length == 4) == (hop.host().indexOf(':') < 0));
    }

    /** What Via and Contact towards that peer say: an address of ours that it can answer to, IPv6 in brackets. */
    String hostTowards(String peer) {
        InetAddress own = address.isAnyLocalAddress() ? routeTo(peer) : address;
        String host = own.getHostAddress();
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone);
        return literal.indexOf(':') >= 0 ? '[' + literal + ']' : literal;
    }

    private InetAddress routeTo(String peer) {
        try (var probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(InetAddress.getByName(peer), 9)); // sends nothing
            return probe.getLocalAddress();
        } catch (IOException e) {
            return address;
        }
    }

    int port() {
        return on.port();
    }

    String transportName() {
        return on.transport().name().toLowerCase(Locale.ROOT);
    }
}
