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
     * @param state such as {@code Inviting} or {@code Talking}
     * @param mode {@code pager} or {@code session}
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
