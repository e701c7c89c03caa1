package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.SipUri;

/** The SIP side. */
public record SipConfig(
        @Key(
                value = "Where to listen, each `udp:`, `tcp:` or `tls:` and an address.",
                byDefault = "[ \"udp:127.0.0.1:5060\", \"tcp:127.0.0.1:5060\" ]")
        List<SipListenAddress> listen,

        @Key(value = "The SIP domains that we serve.", byDefault = "[ ims.example.com ]")
        List<DomainName> domains,

        @Key(
                "Where all SIP towards users goes, an IMS core for example. Without it: to the user's registered contacts, "
                        + "else as RFC 3263 finds the domain.")
        Optional<SipUri> nextHop,

        @Key(
                value = "The conference factory: who sends an INVITE there begins a conference (RFC 4579 §5.4).",
                byDefault = "sip:conference@iwf.example.com")
        SipUri conferenceFactory,

        @Key(value = "The most users that one URI list may invite.", byDefault = "20", min = "2", max = "1000")
        int maxAdhocGroupSize,

        @Key("Sources whose P-Asserted-Identity (RFC 3325) is believed and who are not asked for a digest.")
        List<Cidr> trusted,

        @Key("Who may register and send with digest authentication.")
        List<SipUserConfig> users,

        @Key("The address that goes into Contact and Via when it is not the one that we listen on.")
        Optional<String> advertisedHost,

        @Key(
                "With several nodes, the name that goes into Contact: a DNS name whose SRV records lead to all nodes, or the address "
                        + "and port of a load balancer, so that a dialog outlives the node that it was made with. Via says "
                        + "`advertised-host` all the same: answers have to come back to the node that asked.")
        Optional<String> advertise,

        @Key("Certificate for `tls:` listeners and connections.")
        Optional<TlsConfig> tls,

        @Key(value = "How long a digest nonce is good for.", byDefault = "5m", min = "10s", max = "1h")
        Duration nonceLifetime,

        @Key(
                value = "The shortest registration; a shorter one is refused with 423.",
                byDefault = "60s",
                min = "1s",
                max = "1h")
        Duration minExpires,

        @Key(value = "The longest registration; a longer one is shortened.", byDefault = "1h", min = "1m", max = "7d")
        Duration maxExpires,

        @Key(value = "Contacts that one user may have registered.", byDefault = "10", min = "1", max = "100")
        int maxContacts,

        @Key(value = "Session timer that we ask for (RFC 4028).", byDefault = "30m", min = "90s", max = "24h")
        Duration sessionExpires,

        @Key(
                value = "The largest SIP message that is read over TCP or TLS.",
                byDefault = "256KB",
                min = "4KB",
                max = "16MB")
        ByteCount maxMessageSize,

        @Key(value = "TCP and TLS connections at once.", byDefault = "1000", min = "1", max = "100000")
        int maxConnections,

        @Key(
                value = "Requests that may wait for their final response at once; above it 503 with Retry-After.",
                byDefault = "20000",
                min = "10",
                max = "1000000")
        int maxWaitingRequests,

        @Key(
                value = "A TCP or TLS connection must be up within this time.",
                byDefault = "5s",
                min = "100ms",
                max = "30s")
        Duration connectTimeout) {}
