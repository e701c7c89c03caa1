package org.impsiwf.gateway.runtime;

import org.impsiwf.msrp.transport.MsrpSnapshot;
import org.impsiwf.sip.stack.Snapshot;

/**
 * What is alive in a gateway at one moment.
 *
 * @param states entries of the conversations' store, those included that only remember ids against repeats
 * @param conversations with a session or a message on its way
 */
public record Remains(
        long states,
        long correlations,
        long deadlines,
        int busyMailboxes,
        long conversations,
        Snapshot sip,
        MsrpSnapshot msrp) {}
