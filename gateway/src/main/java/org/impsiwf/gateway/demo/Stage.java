package org.impsiwf.gateway.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.sip.stack.ListenOn;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.SimulatedDomain;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.user.SipMsrpUser;

/**
 * A gateway and a simulated IMPS domain on free loopback ports with a session pair between them, and SIP users to come. For the
 * demo and for tests.
 */
public final class Stage implements AutoCloseable {
    private static final ServiceId GATEWAY = new ServiceId("wv:@iwf.example.com");
    private static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");
    private static final String SIP_DOMAIN = "ims.example.com";
    private static final String PASSWORD = "a-password";

    private final SimulatedDomain domain;
    private final Gateway gateway;

    private Stage(SimulatedDomain domain, Gateway gateway) {
        this.domain = domain;
        this.gateway = gateway;
    }

    /** With the gateway's defaults. */
    public static Stage open() throws IOException {
        return open("");
    }

    /**
     * Both listen, and their session pair is open, when this returns.
     *
     * @param furtherSections YAML sections for the gateway, besides service-id, sip, msrp, ssp and admin
     */
    public static Stage open(String furtherSections) throws IOException {
        return open(furtherSections, false);
    }

    /** With a peer that agreed to an invitation before each conversation. */
    public static Stage openWithInvitations() throws IOException {
        return open("", true);
    }

    private static Stage open(String furtherSections, boolean invitesFirst) throws IOException {
        SimulatedDomain domain = SimulatedDomain.start(
                new SimulatedDomain.Settings(IMPS, List.of(Listen.plain("127.0.0.1:0")), List.of(), List.of()));
        try {
            Gateway gateway =
                    Gateway.start(Config.gatewayOf(configuration(domain.url(), invitesFirst) + furtherSections));
            gateway.readyForGroups();
            Stage stage = new Stage(domain, gateway);
            domain.addPeer(stage.towardsGateway());
            domain.expectsSession();
            return stage;
        } catch (IOException | RuntimeException | AssertionError failed) {
            domain.close();
            throw failed;
        } catch (ConfigException ours) {
            domain.close();
            throw new IllegalStateException(ours);
        }
    }

    private static String configuration(URI impsUrl, boolean invitesFirst) {
        return """
                service-id: %s
                sip:
                  listen: [ "udp:127.0.0.1:0", "tcp:127.0.0.1:0" ]
                  domains: [ %s ]
                  users:
                    - { id: alice@%2$s, password: %3$s, name: Alice }
                    - { id: carol@%2$s, password: %3$s, name: Carol }
                    - { id: dave@%2$s, password: %3$s }
                msrp: { listen: "127.0.0.1:0" }
                ssp:
                  listen: "127.0.0.1:0"
                  peers:
                    - { service-id: "%4$s", url: "%5$s", our-password: gateway-secret, peer-password: imps-secret, connect: false, invites-first: %6$s }
                admin: { listen: "127.0.0.1:0" }
                storage: { url: memory }
                """.formatted(quoted(GATEWAY.value()), SIP_DOMAIN, PASSWORD, IMPS.value(), impsUrl, invitesFirst);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** What the domain agreed with the gateway. */
    private PeerSettings towardsGateway() {
        InetSocketAddress ssp = gateway.sspAddresses().getFirst();
        return PeerSettings.of(
                        GATEWAY,
                        Optional.of(URI.create("http://127.0.0.1:" + ssp.getPort() + "/")),
                        "imps-secret",
                        "gateway-secret",
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        true)
                .speakingFor(Set.of(SIP_DOMAIN));
    }

    public Gateway gateway() {
        return gateway;
    }

    public SimulatedDomain domain() {
        return domain;
    }

    /** A user of the IMPS domain; takes every message until told otherwise. */
    public ImpsUser impsUser(String name) {
        return domain.user(name);
    }

    /** Where the gateway takes SIP of that transport. */
    public InetSocketAddress sip(SipTransport transport) {
        ListenOn address = gateway.sipAddresses().stream()
                .filter(a -> a.transport().name().equals(transport.name()))
                .findFirst()
                .orElseThrow();
        return new InetSocketAddress(address.host(), address.port());
    }

    /** A user with a chat client, not registered yet: alice, carol or dave. */
    public SipMsrpUser sipUser(String name, SipTransport transport) {
        String id = name.toLowerCase(Locale.ROOT) + "@" + SIP_DOMAIN;
        return SipMsrpUser.start(SipUserAgent.Settings.of(id, PASSWORD, transport, sip(transport)));
    }

    /** Stops both at once; the domain first, which would log in again when the gateway is gone. */
    @Override
    public void close() {
        domain.close();
        gateway.close();
    }
}
