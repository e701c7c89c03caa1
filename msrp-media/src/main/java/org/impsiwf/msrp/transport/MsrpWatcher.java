package org.impsiwf.msrp.transport;

import java.util.Optional;
import org.impsiwf.msrp.event.MsrpSessionId;

/** Metrics and traces hook in here. Called on event loops, often: it must be quick. */
public interface MsrpWatcher {
    MsrpWatcher NONE = new MsrpWatcher() {};

    default void count(MsrpCount what) {}

    /** Whether {@link #frame} wants to be called. */
    default boolean traces() {
        return false;
    }

    /**
     * A frame came or goes.
     *
     * @param session absent where it belongs to none
     * @param startLine the first line; no content, no address, no secret is in it
     */
    default void frame(boolean received, Optional<MsrpSessionId> session, String startLine, int bodyBytes) {}
}
