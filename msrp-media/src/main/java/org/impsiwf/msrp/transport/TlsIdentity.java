package org.impsiwf.msrp.transport;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who we are on TLS.
 *
 * @param certificates ours first, then those that sign it
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> certificates) {
    private static final Duration VALID = Duration.ofDays(365);
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    public TlsIdentity {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a TLS identity has a certificate");
        }
    }

    /** A new key and a certificate signed with itself: far ends know it by its fingerprint (RFC 4975 §14.4). */
    public static TlsIdentity selfSigned(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            Instant now = Instant.now();
            X509Certificate certificate =
                    SelfSignedCertificate.of(keys, name, now.minus(CLOCKS_DIFFER), now.plus(VALID));
            return new TlsIdentity(keys.getPrivate(), List.of(certificate));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot make a certificate", impossible);
        }
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(certificates.getFirst(), "sha-256");
    }

    @Override
    public String toString() {
        return certificates.getFirst().getSubjectX500Principal().getName();
    }
}
