package org.impsiwf.sip.stack;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.impsiwf.sip.dialog.TimerPolicy;
import org.impsiwf.sip.sdp.SdpPolicy;

/**
 * What the SIP edge is to be.
 *
 * @param domains SIP domains that we serve; the first is the realm for others' users
 * @param product what User-Agent and Server say
 * @param advertisedHost what Via and Contact say instead of the address that we listen on: an address or a name; the port
 *     stays that of the listening point
 * @param contact what Contact says instead of that, {@code host} or {@code host:port}: the name of several nodes together
 * @param tls keys and trust for TLS; needed to listen on it and to send over it
 */
public record SipEdgeConfig(
        List<ListenOn> listen,
        List<String> domains,
        String product,
        Optional<String> advertisedHost,
        Optional<String> contact,
        Optional<SSLContext> tls,
        SipLimits limits,
        TimerPolicy sessionTimer,
        SdpPolicy descriptions) {

    /** Everything else as it is by default. */
    public static SipEdgeConfig of(List<ListenOn> listen, List<String> domains) {
        return new SipEdgeConfig(
                listen,
                domains,
                "IMPS-IWF",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SipLimits.DEFAULT,
                TimerPolicy.DEFAULT,
                SdpPolicy.DEFAULT);
    }

    public SipEdgeConfig withTls(SSLContext context) {
        return new SipEdgeConfig(
                listen,
                domains,
                product,
                advertisedHost,
                contact,
                Optional.of(context),
                limits,
                sessionTimer,
                descriptions);
    }

    public SipEdgeConfig withAdvertisedHost(String host) {
        return new SipEdgeConfig(
                listen, domains, product, Optional.of(host), contact, tls, limits, sessionTimer, descriptions);
    }

    public SipEdgeConfig withContact(String name) {
        return new SipEdgeConfig(
                listen, domains, product, advertisedHost, Optional.of(name), tls, limits, sessionTimer, descriptions);
    }

    public SipEdgeConfig withLimits(SipLimits other) {
        return new SipEdgeConfig(
                listen, domains, product, advertisedHost, contact, tls, other, sessionTimer, descriptions);
    }
}
