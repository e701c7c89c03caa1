package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpEvent.MessageReceived;
import org.impsiwf.msrp.event.MsrpEvent.SessionFailed;
import org.junit.jupiter.api.Test;

/** TLS where a certification authority and the host's name decide (RFC 4975 §5.4), and our own certificates. */
class CertificateTest {
    private static final X500Name CA = new X500Name("CN=Test CA");

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            X500Name issuer, PrivateKey issuerKey, X500Name subject, KeyPair subjectKeys, Optional<GeneralName> name)
            throws Exception {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minusSeconds(3600)),
                Date.from(now.plusSeconds(3600)),
                subject,
                subjectKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(name.isEmpty()));
        if (name.isPresent()) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name.get()));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    }

    /** Connects alice to bob, whose certificate names that host. */
    private static void connect(String namedHost, boolean caIsTrusted, boolean works) throws Exception {
        KeyPair caKeys = keys();
        X509Certificate ca = certificate(CA, caKeys.getPrivate(), CA, caKeys, Optional.empty());
        KeyPair bobKeys = keys();
        X509Certificate ofBobsHost = certificate(
                CA,
                caKeys.getPrivate(),
                new X500Name("CN=bob"),
                bobKeys,
                Optional.of(new GeneralName(GeneralName.iPAddress, namedHost)));
        TlsIdentity bobs = new TlsIdentity(bobKeys.getPrivate(), List.of(ofBobsHost));
        MsrpSettings loopback = MsrpSettings.listeningOn("127.0.0.1", 0);
        Optional<List<X509Certificate>> trusted = caIsTrusted ? Optional.of(List.of(ca)) : Optional.empty();
        try (Node alice = new Node(loopback.withTls(TlsIdentity.selfSigned("alice"), trusted), Optional.empty());
                Node bob = new Node(loopback.withTls(bobs, Optional.empty()), Optional.empty())) {
            LocalEndpoint ofAlice = alice.prepare("s1", true);
            LocalEndpoint ofBob = bob.prepare("s1", true);
            bob.connect("s1", false, ofAlice.path(), Optional.empty());
            alice.connect("s1", true, ofBob.path(), Optional.empty());
            if (works) {
                alice.awaitConnected("s1");
                alice.send("s1", "m-trusted", "x".getBytes(UTF_8));
                bob.answer(bob.events.await(MessageReceived.class, e -> true), 200);
            } else {
                assertThat(alice.events.next(SessionFailed.class).cause()).contains("TLS");
            }
        }
    }

    @Test
    void certificateOfATrustedAuthorityForTheRightHostIsTaken() throws Exception {
        connect("127.0.0.1", true, true);
    }

    @Test
    void certificateForAnotherHostIsRefused() throws Exception {
        connect("192.0.2.1", true, false);
    }

    @Test
    void certificateOfAnUnknownAuthorityIsRefused() throws Exception {
        connect("127.0.0.1", false, false);
    }

    @Test
    void ourSelfSignedCertificateVerifiesAndIsKnownByItsFingerprint() throws Exception {
        TlsIdentity identity = TlsIdentity.selfSigned("msrp.example.com");
        X509Certificate certificate = identity.certificates().getFirst();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=msrp.example.com");
        assertThat(identity.fingerprint().toString()).matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(Fingerprint.parse(identity.fingerprint().toString().toLowerCase(Locale.ROOT))
                        .matches(certificate))
                .isTrue();
        assertThat(Fingerprint.of(certificate, "sha-1").matches(certificate)).isTrue();
        assertThat(identity.fingerprint()
                        .matches(TlsIdentity.selfSigned("other").certificates().getFirst()))
                .isFalse();
    }

    @Test
    void weakHashFunctionsAreNoFingerprints_RFC4572_5() {
        for (String weak : List.of("md5 00:11", "md2 00", "sha-256", "", "sha-256 a b")) {
            Assertions.assertThatThrownBy(() -> Fingerprint.parse(weak)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
