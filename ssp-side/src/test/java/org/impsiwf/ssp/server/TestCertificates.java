package org.impsiwf.ssp.server;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.impsiwf.ssp.transport.TlsSettings;

/** An authority of a test and what it certifies, as PEM files in one folder. */
final class TestCertificates {

    private final Instant from = Instant.now().minusSeconds(3600);
    private final Instant until = from.plusSeconds(36_000);

    private final Path folder;
    private final X500Name authority;
    private final KeyPair authorityKey = key();
    private final Path authorityFile;
    private long serial = 1;

    TestCertificates(Path folder, String name) throws Exception {
        this.folder = folder;
        authority = new X500Name("CN=" + name);
        X509v3CertificateBuilder self = new JcaX509v3CertificateBuilder(
                        authority,
                        BigInteger.valueOf(serial++),
                        Date.from(from),
                        Date.from(until),
                        authority,
                        authorityKey.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        authorityFile = write(name + "-ca.pem", sign(self));
    }

    /** Settings with a certificate for the loopback address that this authority signed, trusting this authority. */
    TlsSettings settings(String name, boolean mutual) throws Exception {
        KeyPair key = key();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        authority,
                        BigInteger.valueOf(serial++),
                        Date.from(from),
                        Date.from(until),
                        new X500Name("CN=" + name),
                        key.getPublic())
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        Path certificate = write(name + ".pem", sign(builder));
        Path privateKey = write(name + ".key", new JcaPKCS8Generator(key.getPrivate(), null));
        return new TlsSettings(Optional.of(certificate), Optional.of(privateKey), Optional.of(authorityFile), mutual);
    }

    /** Trusts this authority and proves nothing. */
    TlsSettings anonymous() {
        return new TlsSettings(Optional.empty(), Optional.empty(), Optional.of(authorityFile), false);
    }

    private X509Certificate sign(X509v3CertificateBuilder builder)
            throws OperatorCreationException, GeneralSecurityException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private Path write(String name, Object content) throws IOException {
        Path file = folder.resolve(name);
        try (Writer writer = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(writer)) {
            pem.writeObject(content);
        }
        return file;
    }

    private static KeyPair key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
