package org.impsiwf.gateway.config;

import java.util.Optional;

/** The database. */
public record StorageConfig(
        @Key(
                value = "`embedded`, or a JDBC URL such as `jdbc:postgresql://db.example.com/iwf`.",
                byDefault = "embedded")
        String url,

        @Key("Database user.") Optional<String> user,
        @Key("Database password.") Optional<Secret> password) {}
