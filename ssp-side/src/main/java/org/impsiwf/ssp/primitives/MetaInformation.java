package org.impsiwf.ssp.primitives;

import java.util.Optional;

/** SSP 8.1: who asks, and for whom. Session-ID and Transaction-ID travel in the envelope. */
@Section("8.1")
@Element("MetaInfo")
public record MetaInformation(
        boolean clientOriginated,
        @In("Requestor") ServiceId serviceId,

        @In("Requestor/User") @Attribute("userID") @Missing(427) @Conditional("Client-Originated = True")
        Optional<UserId> userId,

        @In("Requestor/User") Optional<ClientId> clientId) {

    private static final int INVALID_USER_ID = 427;

    public MetaInformation {
        Rules.presentIf(clientOriginated, userId, "User-ID", "if a client asks", INVALID_USER_ID);
        Rules.absentUnless(clientOriginated, userId, "User-ID", "if a client asks");
    }

    /** A request of the server itself. */
    public static MetaInformation ofServer(ServiceId serviceId) {
        return new MetaInformation(false, serviceId, Optional.empty(), Optional.empty());
    }

    /** A request on behalf of a user. */
    public static MetaInformation ofUser(ServiceId serviceId, UserId user) {
        return new MetaInformation(true, serviceId, Optional.of(user), Optional.empty());
    }
}
