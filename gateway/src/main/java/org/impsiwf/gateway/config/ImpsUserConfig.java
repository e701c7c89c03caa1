package org.impsiwf.gateway.config;

import java.util.Optional;

/** A user of our own IMPS domain. */
public record ImpsUserConfig(
        @Key("User-ID, `wv:user@domain`.") ImpsUserAddress id,
        @Key("The password for a log-in of the user.") Optional<Secret> password,
        @Key("Friendly Name.") Optional<String> name) {}
