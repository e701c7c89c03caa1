package org.impsiwf.sip.stack;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.sip.event.InviteUsageId;

/** Sees each message that comes and goes. Called on the stack's threads: it must not block and must not throw. */
@FunctionalInterface
public interface SipTrace {

    SipTrace NONE = message -> {};

    void seen(Seen message);

    /**
     * One message; retransmissions by the transaction layer are not seen.
     *
     * @param startLine request or status line
     * @param peer {@code transport:address:port}
     * @param usage the INVITE usage it belongs to, where that is known
     */
    record Seen(
            Instant at, boolean sent, String startLine, String callId, String peer, Optional<InviteUsageId> usage) {}
}
