package org.impsiwf.gateway.config;

/** What an operator decides about the Service Elements, a section each. */
public record ServicesConfig(
        @Key("Sessions of users of other domains whose passwords we hold (SSP 12).")
        UserSessionsConfig userSessions,

        @Key("Public profiles (SSP 13.1.2, 13.1.3).") PublicProfilesConfig publicProfiles,

        @Key("Search (SSP 13.1.4).") SearchConfig search,

        @Key("Maps (SSP 13.1.9); without a URL and pictures there are none.")
        MapsConfig maps,

        @Key("Answers to system messages (SSP 13.1.12).") SystemMessagesConfig systemMessages,

        @Key("Contact lists (SSP 14).") ContactListsConfig contactLists,

        @Key("Presence (SSP 15).") PresenceConfig presence,

        @Key("Instant messages (SSP 16).") MessagesConfig messages,

        @Key("Invitations (SSP 13.1.7).") InvitationsConfig invitations,

        @Key("Groups (SSP 17).") GroupsConfig groups,

        @Key("Talks of two that become groups (SSP 16.2.13).")
        ExtensionsConfig extensions,

        @Key("What one neighbour, client or user may take of all of them.")
        LoadConfig load) {}
