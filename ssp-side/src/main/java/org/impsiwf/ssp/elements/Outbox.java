package org.impsiwf.ssp.elements;

import java.time.Instant;
import java.util.Collection;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.UserId;

/** Messages that were accepted and are on their way; they survive a crash (SSP 16.2). */
public interface Outbox {

    /**
     * Takes charge of a message to users anywhere: durable when this returns. Local users get it by their delivery
     * method or have it stored (507 quota), others through their home domain, one transaction per domain, repeated until
     * it is answered or expired; delivery reports follow if asked for.
     */
    void accept(SendMessageRequest message, Collection<UserId> recipients, Instant expires);
}
