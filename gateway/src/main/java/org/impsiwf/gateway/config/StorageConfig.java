package org.impsiwf.gateway.config;

import java.util.Optional;

/** Where the groups that we host are kept, and their messages until every member's domain has them. */
public record StorageConfig(
        @Key(
                value = "`embedded` in files of our own, a JDBC URL such as `jdbc:postgresql://db.example.com/iwf`, or "
                        + "`memory`: then groups, and what waits in them, end with the process.",
                byDefault = "embedded")
        String url,

        @Key(
                value = "Directory of the embedded database's files, made when it is missing; a relative name starts "
                        + "from the working directory. One process at a time.",
                byDefault = "iwf-data")
        String directory,

        @Key("Database user.") Optional<String> user,
        @Key("Database password.") Optional<Secret> password) {}
