package org.impsiwf.msrp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OptionalSslHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS both ways (RFC 4975 §14). Where SDP promised a fingerprint, the handshake takes any certificate and the fingerprint decides
 * before anything is sent; elsewhere a certification authority and the host's name decide.
 */
final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** In which the key goes to the JDK, within this process: the default would derive a key of its own to encrypt it, slowly. */
    private static final String KEY_STORE = "JKS";

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final MsrpTimeouts timeouts;
    private final TlsIdentity identity;
    private final SslContext server;
    private final SslContext byAuthority;
    private final SslContext byFingerprint;

    Tls(MsrpSettings settings) {
        timeouts = settings.timeouts();
        identity = settings.identity().orElseGet(() -> TlsIdentity.selfSigned("msrp"));
        try {
            server = SslContextBuilder.forServer(identity.key(), identity.certificates())
                    .keyStoreType(KEY_STORE)
                    .protocols(PROTOCOLS)
                    // Whose certificate it is, the session that is bound decides.
                    .clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
            SslContextBuilder authority = client().endpointIdentificationAlgorithm("HTTPS");
            byAuthority = settings.trusted()
                    .map(authority::trustManager)
                    .orElse(authority)
                    .build();
            byFingerprint = client().trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException unusable) {
            throw new IllegalArgumentException("the TLS identity cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private SslContextBuilder client() {
        return SslContextBuilder.forClient()
                .keyManager(identity.key(), identity.certificates())
                .keyStoreType(KEY_STORE)
                .protocols(PROTOCOLS);
    }

    Optional<String> fingerprint() {
        return Optional.of(identity.fingerprint().toString());
    }

    SslHandler client(Channel channel, Connections.Hop hop, boolean fingerprintDecides) {
        SslContext context = fingerprintDecides ? byFingerprint : byAuthority;
        return timed(context.newHandler(channel.alloc(), hop.host(), hop.port()));
    }

    /** Whether the far end's certificate is the one that its SDP promised (RFC 4572 §5). */
    static boolean shows(ChannelPipeline pipeline, Fingerprint promised) {
        SslHandler tls = pipeline.get(SslHandler.class);
        if (tls == null) {
            return false;
        }
        try {
            Certificate[] shown = tls.engine().getSession().getPeerCertificates();
            return shown[0] instanceof X509Certificate certificate && promised.matches(certificate);
        } catch (SSLPeerUnverifiedException none) {
            LOG.debug("a far end shows no certificate: {}", none.getMessage());
            return false;
        }
    }

    /** Looks at the first octets: TLS, or MSRP itself. */
    OptionalSslHandler acceptor() {
        return new OptionalSslHandler(server) {
            @Override
            protected SslHandler newSslHandler(ChannelHandlerContext context, SslContext tls) {
                return timed(tls.newHandler(context.alloc()));
            }
        };
    }

    private SslHandler timed(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(timeouts.tlsHandshake().toMillis());
        return handler;
    }
}
