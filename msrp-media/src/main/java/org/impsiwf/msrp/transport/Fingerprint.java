package org.impsiwf.msrp.transport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The value of {@code a=fingerprint} (RFC 4572 §5).
 *
 * @param function name of the hash function, lower case
 */
record Fingerprint(String function, String hex) {
    private static final Map<String, String> FUNCTIONS = Map.of(
            "sha-1", "SHA-1", "sha-224", "SHA-224", "sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    /** @throws IllegalArgumentException if it is none, or its function is not good enough */
    static Fingerprint parse(String value) {
        String[] parts = value.strip().split(" +");
        if (parts.length != 2 || !FUNCTIONS.containsKey(parts[0].toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("fingerprint: a hash function that we know, then its value");
        }
        return new Fingerprint(parts[0].toLowerCase(Locale.ROOT), parts[1].toUpperCase(Locale.ROOT));
    }

    static Fingerprint of(X509Certificate certificate, String function) {
        try {
            MessageDigest digest = MessageDigest.getInstance(FUNCTIONS.get(function));
            return new Fingerprint(
                    function,
                    HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest.digest(certificate.getEncoded())));
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException("cannot hash a certificate", impossible);
        }
    }

    boolean matches(X509Certificate certificate) {
        return of(certificate, function).equals(this);
    }

    @Override
    public String toString() {
        return function + " " + hex;
    }
}
