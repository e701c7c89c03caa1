package org.impsiwf.sip.stack;

import java.util.Optional;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.SipTransactionId;

/** What an INVITE usage has to do with the other usages of its dialog (RFC 5057). */
interface SharedDialogs {

    /**
     * A request in the dialog that is theirs.
     *
     * @param usage empty when it has ended, so that only the others are left
     */
    void requested(Optional<InviteUsage> usage, SipTransactionId transaction);

    /** A NOTIFY that the usage cannot number, since it has ended. */
    void notSent(UsageEvent.SendNotify order);

    /** What became of a NOTIFY. */
    void notified(String subscription, Outcome outcome);
}
