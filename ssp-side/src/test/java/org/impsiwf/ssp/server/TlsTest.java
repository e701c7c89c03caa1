package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.ssp.transport.TlsSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SSP 6.6.1: the security of the transport, with an authority of our own. */
class TlsTest {

    @TempDir
    private Path folder;

    private TestCertificates authority;

    @BeforeEach
    void createAuthority() throws Exception {
        authority = new TestCertificates(folder, "authority");
    }

    private static TestDomain domain(String name, TlsSettings listening, TlsSettings connecting) throws Exception {
        return new TestDomain(
                name,
                plain -> SspSettings.of(
                                plain.self(),
                                List.of(new Listen(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                        Optional.of(listening))),
                                List.of())
                        .withTls(connecting),
                InstantSource.system());
    }

    private static PeerSettings agreement(TestDomain other, boolean connect, Optional<String> subject) {
        PeerSettings plain = PeerSettings.of(
                other.id,
                Optional.of(URI.create("https://127.0.0.1:" + other.port() + "/")),
                "secret",
                "secret",
                DigestScheme.SHA,
                Dialect.OMA_1_3,
                connect);
        return new PeerSettings(
                plain.serviceId(),
                plain.url(),
                false,
                plain.ourPassword(),
                plain.peerPassword(),
                plain.digest(),
                plain.dialect(),
                connect,
                Set.of(),
                subject,
                plain.timing(),
                TestDomain.QUICK,
                plain.unknownTransactions(),
                plain.limits());
    }

    @Test
    @Tag("SSP-077")
    void logsInAndTalksOverTls() throws Exception {
        try (var a = domain("a.test", authority.settings("a", false), authority.anonymous());
                var b = domain("b.test", authority.settings("b", false), authority.anonymous())) {
            a.server.addPeer(agreement(b, true, Optional.empty()));
            b.server.addPeer(agreement(a, false, Optional.empty()));
            await().until(() -> a.up() && b.up());
            a.send(b, "r-1");
            await().until(() -> a.outcome("r-1").isPresent());
            assertThat(a.outcome("r-1").get()).isInstanceOf(SspEvent.ResponseReceived.class);
        }
    }

    @Test
    void logsInOverMutualTlsWithTheAgreedCertificate() throws Exception {
        TlsSettings ofA = authority.settings("a", true);
        TlsSettings ofB = authority.settings("b", true);
        try (var a = domain("a.test", ofA, ofA);
                var b = domain("b.test", ofB, ofB)) {
            a.server.addPeer(agreement(b, true, Optional.of("CN=b")));
            b.server.addPeer(agreement(a, false, Optional.of("CN=a")));
            await().until(() -> a.up() && b.up());
        }
    }

    @Test
    @Tag("SSP-077")
    void refusesAPeerWithSomebodyElsesCertificate() throws Exception {
        TlsSettings ofA = authority.settings("a", true);
        TlsSettings ofB = authority.settings("b", true);
        try (var a = domain("a.test", ofA, ofA);
                var b = domain("b.test", ofB, ofB)) {
            a.server.addPeer(agreement(b, true, Optional.of("CN=b")));
            b.server.addPeer(agreement(a, false, Optional.of("CN=c")));
            await().until(() -> b.count(Counted.POST_REFUSED) > 0 && a.count(Counted.LOGIN_FAILED) > 0);
            assertThat(a.up() || b.up()).isFalse();
        }
    }

    @Test
    void refusesAPeerWithoutCertificateWhereTlsIsMutual() throws Exception {
        TlsSettings ofB = authority.settings("b", true);
        try (var a = domain("a.test", authority.settings("a", false), authority.anonymous());
                var b = domain("b.test", ofB, ofB)) {
            a.server.addPeer(agreement(b, true, Optional.empty()));
            b.server.addPeer(agreement(a, false, Optional.empty()));
            await().until(() -> a.count(Counted.LOGIN_FAILED) > 0);
            assertThat(b.count(Counted.MESSAGE_RECEIVED)).isZero();
        }
    }

    @Test
    void doesNotTrustAnotherAuthority() throws Exception {
        TestCertificates other = new TestCertificates(folder, "other");
        try (var a = domain("a.test", authority.settings("a", false), other.anonymous());
                var b = domain("b.test", authority.settings("b", false), authority.anonymous())) {
            a.server.addPeer(agreement(b, true, Optional.empty()));
            b.server.addPeer(agreement(a, false, Optional.empty()));
            await().until(() -> a.count(Counted.LOGIN_FAILED) > 0);
            assertThat(b.count(Counted.MESSAGE_RECEIVED)).isZero();
            assertThat(a.peer().lastError().orElseThrow()).contains("TLS");
        }
    }
}
