package org.impsiwf.sip.stack;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import javax.sip.SipProvider;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.resolve.Transport;
import org.impsiwf.store.NodePrefix;

/**
 * One listening point with its provider.
 *
 * @param advertisedHost what peers are told instead of the address
 * @param contact what Contact says instead of that, port included where it has one
 * @param node stands before the flows that begin here
 */
record SipPoint(
        ListenOn on,
        InetAddress address,
        Optional<String> advertisedHost,
        Optional<String> contact,
        NodePrefix node,
        SipProvider provider) {

    Transport transport() {
        return on.transport();
    }

    /** Whether a message to that address can leave from here. */
    boolean reaches(Hop hop) {
        return on.transport() == hop.transport()
                && (address.isAnyLocalAddress()
                        || (address.getAddress().length == 4) == (hop.host().indexOf(':') < 0));
    }

    /**
     * Host and port in a Contact towards that peer. Several nodes may have one name: a dialog outlives the node that it was made
     * with. Via names this node all the same, where the transaction is.
     */
    String contactTowards(String peer) {
        return contact.orElseGet(() -> hostTowards(peer) + ':' + port());
    }

    /** What Via towards that peer says: a host of ours that it can answer to, IPv6 addresses in brackets. */
    String hostTowards(String peer) {
        String host = advertisedHost.orElseGet(
                () -> (address.isAnyLocalAddress() ? sourceTowards(peer) : address).getHostAddress());
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone);
        return literal.indexOf(':') >= 0 && !literal.startsWith("[") ? '[' + literal + ']' : literal;
    }

    /** The address that a packet to that peer leaves from when the system chooses it; ours when it does not know. */
    InetAddress sourceTowards(String peer) {
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

    /** What a connection with that peer, or its UDP address, is called in records: this node alone can use it. */
    String flow(String peer) {
        return node.before(transportName() + ':' + peer);
    }
}
