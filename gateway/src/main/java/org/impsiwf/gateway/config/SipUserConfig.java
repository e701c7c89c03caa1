package org.impsiwf.gateway.config;

import java.util.Optional;

/** A SIP user with a digest. */
public record SipUserConfig(
        @Key("Address of record, `user@domain`.") SipUserAddress id,
        @Key("The password; or give `ha1`.") Optional<Secret> password,

        @Key("MD5 of `user:domain:password` in hexadecimal, instead of the password.")
        Optional<Secret> ha1,

        @Key("Display name.") Optional<String> name) {}
