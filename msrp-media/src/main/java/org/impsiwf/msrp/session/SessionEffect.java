package org.impsiwf.msrp.session;

/** What is to be done, in order, once the next state is set. */
public sealed interface SessionEffect {

    /** Use an open connection to the far end's first hop, or make one. */
    record OpenConnection() implements SessionEffect {}

    /** Count this session among those of the connection: it fails with it. */
    record JoinConnection(ConnectionId connection) implements SessionEffect {}

    record LeaveConnection(ConnectionId connection) implements SessionEffect {}

    /** RFC 4975 §5.4: the active end sends at once, without a body if it has nothing to say. */
    record SendFirst(ConnectionId connection) implements SessionEffect {}

    /** The SEND belongs to the session: look at its content. */
    record Admit() implements SessionEffect {}

    record Refuse(int status) implements SessionEffect {}

    /** Tell that messages can flow, hand over what was held back, send what waits. */
    record AnnounceConnected() implements SessionEffect {}

    /** Refuse every message that waits, then tell that the session failed. */
    record AnnounceFailed(String cause) implements SessionEffect {}

    /** Forget the session without a word: its owner asked for it. */
    record Forget() implements SessionEffect {}
}
