package org.impsiwf.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/** Key material, in PEM files; a relative name starts at the configuration's directory. */
public record TlsConfig(
        @Key("Our certificate and its chain.") Path certificate,
        @Key("Its private key (PKCS#8, not encrypted).") Path key,

        @Key("Certificate authorities that we believe; without it those of the JDK.")
        Optional<Path> trust,

        @Key(value = "Whether a client must show a certificate of such an authority.", byDefault = "none")
        ClientAuth clientAuth) {

    /** What is asked of the other side when it connects to us. */
    public enum ClientAuth {
        NONE,
        WANT,
        NEED
    }
}
