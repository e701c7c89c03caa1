package org.impsiwf.gateway.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.impsiwf.gateway.config.TlsConfig;

/**
 * Key material read from PEM files.
 *
 * @param certificates ours first, then its chain
 * @param trusted authorities; empty: those of the JDK
 */
record TlsMaterial(PrivateKey key, List<X509Certificate> certificates, List<X509Certificate> trusted) {

    private static final char[] NO_PASSWORD = {};

    /** @throws IOException naming the file that could not be read or holds something else */
    static TlsMaterial read(TlsConfig tls) throws IOException {
        return new TlsMaterial(
                key(tls.key()),
                certificates(tls.certificate()),
                tls.trust().isPresent() ? certificates(tls.trust().get()) : List.of());
    }

    SSLContext context() throws IOException {
        try {
            KeyStore keys = emptyStore();
            keys.setKeyEntry("iwf", key, NO_PASSWORD, certificates.toArray(X509Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("certificate and key do not make a TLS identity: " + unusable.getMessage(), unusable);
        }
    }

    private TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore authorities = null;
        if (!trusted.isEmpty()) {
            authorities = emptyStore();
            for (int i = 0; i < trusted.size(); i++) {
                authorities.setCertificateEntry("ca" + i, trusted.get(i));
            }
        }
        managers.init(authorities);
        return managers.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException malformed) {
            throw new IOException(file + " holds no certificate in PEM", malformed);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        String base64 = Files.readString(file).replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");
        try {
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
            return key(encoded, List.of("RSA", "EC", "Ed25519"), file);
        } catch (IllegalArgumentException notBase64) {
            throw new IOException(file + " holds no private key in PEM (PKCS#8)", notBase64);
        }
    }

    private static PrivateKey key(PKCS8EncodedKeySpec encoded, List<String> algorithms, Path file) throws IOException {
        var refusals =
                new IOException(file + " holds no private key of " + String.join(", ", algorithms) + " in PKCS#8");
        for (String algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException ofAnother) {
                refusals.addSuppressed(ofAnother);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every JDK has " + algorithm, impossible);
            }
        }
        throw refusals;
    }
}
