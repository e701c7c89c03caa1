package org.impsiwf.gateway.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;

/** An IMPS server that is a direct neighbour. */
public record PeerConfig(
        @Key("The peer's Service-ID.") ServiceId serviceId,

        @Key(
                "Where the peer takes our requests. Without it: where the SRV record `_imps-server._tcp` of its domain says.")
        Optional<URI> url,

        @Key("The secret that we prove to the peer; may be empty: `\"\"`.")
        Secret ourPassword,

        @Key("The secret that the peer proves to us; may be empty: `\"\"`.")
        Secret peerPassword,

        @Key(value = "Digest of the log-in (SSP 9.1).", byDefault = "SHA")
        Digest digest,

        @Key(
                value = "How the peer writes SSP: as the document says, or as the Baraza server does.",
                byDefault = "oma-1.3")
        Dialect dialect,

        @Key(value = "Whether we open the session; else we wait for the peer.", byDefault = "true")
        boolean connect,

        @Key("Domains that the peer may speak for besides its own.")
        List<DomainName> domains,

        @Key(
                value =
                        "Whether the peer agreed to an invitation (SSP 13.1.7) before each conversation: a SIP user's INVITE "
                                + "then waits for the IMPS user's answer.",
                byDefault = "false")
        boolean invitesFirst,

        @Key(
                value =
                        "Whether services are negotiated at the start of each session (SSP 10), and nothing is asked or "
                                + "answered before; else everything is agreed until the peer negotiates.",
                byDefault = "false")
        boolean negotiateServices,

        @Key(
                value =
                        "Whether we follow the peer's redirect list and give ours, `redirect-listen` (SSP 9.1.1); else the "
                                + "session stays on the connections between `listen` and `url`.",
                byDefault = "false")
        boolean redirect,

        @Key("Whom the peer's certificate must name when that is not the host of `url`.")
        Optional<DomainName> tlsName) {

    /** Schemas of the log-in that both sides compute. */
    public enum Digest implements Spelt {
        SHA("SHA"),
        MD5("MD5");

        private final String spelling;

        Digest(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }

    /** Ways to write SSP. */
    public enum Dialect implements Spelt {
        OMA("oma-1.3"),
        BARAZA("baraza");

        private final String spelling;

        Dialect(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }
}
