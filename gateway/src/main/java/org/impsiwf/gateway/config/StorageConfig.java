package org.impsiwf.gateway.config;

import java.util.Optional;

/** The database. */
public record StorageConfig(
        @Key(
                value = "`embedded`, or a JDBC URL such as `jdbc:postgresql://db.example.com/iwf`. Not used yet.",
                byDefault = "embedded")
        String url,

        @Key("Database user. Not used yet.") Optional<String> user,
        @Key("Database password. Not used yet.") Optional<Secret> password) {}
