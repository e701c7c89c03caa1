package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ServiceId;

/** The SSP side. */
public record SspConfig(
        @Key(value = "Where to listen for connections of peers.", byDefault = "127.0.0.1:8080")
        ListenAddress listen,

        @Key("Further addresses where peers reach us, which share the load when a peer is redirected (SSP 9.1.1).")
        List<ListenAddress> redirectListen,

        @Key("Certificate; with it we listen for HTTPS, and show it to peers with an `https:` URL.")
        Optional<TlsConfig> tls,

        @Key("The IMPS servers that we have sessions with.") List<PeerConfig> peers,

        @Key("Domains behind a peer: `domain: Service-ID of the peer`. A peer's own domain needs no line.")
        Map<String, ServiceId> routes,

        @Key(
                value =
                        "HTTP connections that we open per session. With more than one, messages may overtake each other.",
                byDefault = "1",
                min = "1",
                max = "64")
        int connectionsPerSession,

        @Key(
                value = "Time-to-live of a connection; KeepAlive goes out before it is over (SSP 9.4).",
                byDefault = "2m",
                min = "5s",
                max = "1d")
        Duration timeToLive,

        @Key(
                value = "Validity time of a transaction: what the network takes (SSP 8.4).",
                byDefault = "1s",
                min = "0ms",
                max = "1m")
        Duration latency,

        @Key(
                value = "Validity time of a transaction: what the other server takes.",
                byDefault = "6s",
                min = "100ms",
                max = "5m")
        Duration processing,

        @Key(value = "Validity time of a transaction: tolerance.", byDefault = "1s", min = "0ms", max = "1m")
        Duration offset,

        @Key(
                value = "How often a request is sent again, with its Transaction-ID, when its validity time is over.",
                byDefault = "2",
                min = "0",
                max = "10")
        int repeats,

        @Key(
                value = "Invalid or unknown transactions within `unknown-transactions-period` that end both sessions.",
                byDefault = "50",
                min = "0",
                max = "100000")
        int unknownTransactions,

        @Key(value = "See `unknown-transactions`.", byDefault = "1m", min = "1s", max = "1d")
        Duration unknownTransactionsPeriod,

        @Key(
                value = "First pause before a lost session is opened again; it doubles up to `reconnect-max`.",
                byDefault = "1s",
                min = "100ms",
                max = "1m")
        Duration reconnectMin,

        @Key(value = "Longest pause before a lost session is opened again.", byDefault = "20s", min = "1s", max = "1h")
        Duration reconnectMax,

        @Key(
                value = "Requests that may wait for one peer; above it they are refused.",
                byDefault = "5000",
                min = "1",
                max = "1000000")
        int maxQueue,

        @Key(
                value = "Transactions that one peer may open in a second; above it they get 503.",
                byDefault = "10000",
                min = "1",
                max = "1000000")
        int maxRate,

        @Key(value = "The largest HTTP body that is read.", byDefault = "2MB", min = "16KB", max = "64MB")
        ByteCount maxMessageSize,

        @Key(value = "HTTP connections that peers may have open to us.", byDefault = "1000", min = "2", max = "100000")
        int maxConnections,

        @Key(
                value = "A connection to a peer must be up within this time.",
                byDefault = "5s",
                min = "100ms",
                max = "30s")
        Duration connectTimeout) {

    /** How long a request to a peer can take until it is given up: all repeats, each with the validity time. */
    public Duration patience() {
        return latency.plus(processing).plus(offset).multipliedBy(1L + repeats);
    }
}
