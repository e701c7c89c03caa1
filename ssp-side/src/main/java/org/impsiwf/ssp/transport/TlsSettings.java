package org.impsiwf.ssp.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * TLS by PEM files.
 *
 * @param certificates our certificate and its chain; a client without any stays anonymous
 * @param privateKey its key, PKCS #8, not encrypted
 * @param trusted the authorities that we trust; empty means those of the JDK
 * @param mutual whether the other side has to prove a certificate when it opens a connection to us
 */
public record TlsSettings(
        Optional<Path> certificates, Optional<Path> privateKey, Optional<Path> trusted, boolean mutual) {

    public TlsSettings {
        if (certificates.isPresent() != privateKey.isPresent()) {
            throw new IllegalArgumentException("a certificate needs its private key, and a key its certificate");
        }
    }

    /** For a port that peers connect to. */
    SslContext forListening() throws IOException {
        Path chain = certificates.orElseThrow(
                () -> new IllegalArgumentException("a port that listens with TLS needs a certificate"));
        try (var chainBytes = Files.newInputStream(chain);
                var keyBytes = Files.newInputStream(privateKey.orElseThrow())) {
            SslContextBuilder builder = SslContextBuilder.forServer(chainBytes, keyBytes)
                    .clientAuth(mutual ? ClientAuth.REQUIRE : ClientAuth.NONE);
            return trusting(builder).build();
        }
    }

    /** For connections that we open; the name in the peer's certificate has to be the host that we dialled. */
    SslContext forConnecting() throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (certificates.isEmpty()) {
            return trusting(builder).build();
        }
        try (var chainBytes = Files.newInputStream(certificates.get());
                var keyBytes = Files.newInputStream(privateKey.orElseThrow())) {
            return trusting(builder.keyManager(chainBytes, keyBytes)).build();
        }
    }

    private SslContextBuilder trusting(SslContextBuilder builder) throws IOException {
        if (trusted.isEmpty()) {
            return builder;
        }
        try (var authorities = Files.newInputStream(trusted.get())) {
            return builder.trustManager(authorities);
        }
    }

    static Optional<String> peerSubject(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(tls.engine().getSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException anonymous) {
            return Optional.empty();
        }
    }
}
