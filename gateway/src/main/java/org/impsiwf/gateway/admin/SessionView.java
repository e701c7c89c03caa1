package org.impsiwf.gateway.admin;

import java.time.Instant;
import java.util.List;

/** What an operator may know of live conversations. Called on virtual threads, several at once. */
public interface SessionView {

    /** How many there are on this node. */
    long count();

    /** Some of them, the latest first if that is cheap. */
    List<Session> sessions(int atMost);

    /**
     * @param conversation the id that logs and traces carry
     * @param sipUser empty for what several of them share
     * @param impsUser or the group; empty while that is not known
     * @param mode {@code pager} or {@code session} between two; {@code group} for a SIP user in a group, {@code focus} for what
     *     all SIP users of a group share, {@code extension} for a conference that begins, {@code hosted} for one that a
     *     client hosts
     * @param state such as {@code Inviting} or {@code Talking}
     */
    record Session(
            String conversation,
            String sipUser,
            String impsUser,
            String mode,
            String state,
            Instant since,
            Instant lastUsed) {}
}
