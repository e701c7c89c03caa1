package org.impsiwf.gateway.config;

import java.util.Optional;

/** Where a domain keeps its users, profiles, lists, groups and stored messages. */
public record DomainStorageConfig(
        @Key(
                value = "`embedded`, or a JDBC URL such as `jdbc:postgresql://db.example.com/imps`.",
                byDefault = "embedded")
        String url,

        @Key(
                "Directory of the embedded database's files, made when it is missing; without it the state ends with the process.")
        Optional<String> directory,

        @Key("Database user.") Optional<String> user,
        @Key("Database password.") Optional<Secret> password) {}
