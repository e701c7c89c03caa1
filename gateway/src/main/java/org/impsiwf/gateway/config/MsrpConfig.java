package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.Optional;

/** The MSRP side. */
public record MsrpConfig(
        @Key(value = "Where to listen.", byDefault = "127.0.0.1:2855")
        ListenAddress listen,

        @Key("Where to listen for MSRP over TLS; needs `tls`.")
        Optional<ListenAddress> tlsListen,

        @Key("Certificate for `tls-listen` and for `msrps:` paths.")
        Optional<TlsConfig> tls,

        @Key("The address that goes into our path when it is not the one that we listen on.")
        Optional<String> advertisedHost,

        @Key(
                value = "The largest message in either direction; a larger one is refused with 413.",
                byDefault = "1MB",
                min = "2KB",
                max = "64MB")
        ByteCount maxMessageSize,

        @Key(
                value =
                        "In a group of ours a larger message reaches the SIP users while it comes in (RFC 7701 §6.1); with "
                                + "`cluster.mode: local` only.",
                byDefault = "64KB",
                min = "2KB",
                max = "64MB")
        ByteCount relayAbove,

        @Key(
                value =
                        "The largest message that is relayed so; more is refused with 413. IMPS users get none that is larger than "
                                + "`max-message-size`. 0 relays none.",
                byDefault = "100MB",
                min = "0",
                max = "1GB")
        ByteCount maxRelayedSize,

        @Key(
                value = "How long a SEND may wait for its response (RFC 4975 §7.1.1).",
                byDefault = "30s",
                min = "1s",
                max = "2m")
        Duration responseTimeout,

        @Key(value = "Connections at once.", byDefault = "20000", min = "1", max = "1000000")
        int maxConnections) {}
