package org.impsiwf.sip.dialog;

import static org.impsiwf.sip.dialog.UsageDecision.to;

import java.util.Optional;
import org.impsiwf.sip.dialog.UsageEvent.Accepted;
import org.impsiwf.sip.dialog.UsageOrder.SendAck;
import org.impsiwf.sip.dialog.UsageOrder.SendBye;

/** What becomes of a 2xx that comes when the INVITE has its answer. Pure. */
final class LateAnswers {

    private LateAnswers() {}

    /** RFC 3261 §13.2.2.4: a later fork is acknowledged and ended. */
    static UsageDecision fork(InviteUsage usage, Accepted accepted) {
        Dialog other = usage.dialog().accepted(accepted.remoteTag(), accepted.contact(), accepted.recordRoute());
        return to(
                usage,
                new SendAck(other, accepted.cseq()),
                new SendBye(other.sending(), Optional.of("answered elsewhere")));
    }

    /** A 2xx again: the ACK was lost. A 2xx of a fork that nobody heard of: taken and ended. */
    static UsageDecision lateAccept(InviteUsage usage, Accepted accepted) {
        return accepted.remoteTag().equals(usage.dialog().remoteTag())
                ? to(usage, new SendAck(usage.dialog(), accepted.cseq()))
                : fork(usage, accepted);
    }
}
