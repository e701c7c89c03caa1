package org.impsiwf.sip.subscription;

import java.time.Duration;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;

/** What the machine of a subscription orders; carried out in order, after the next state was saved. */
public sealed interface SubscriptionOrder {

    /** An answer that begins and changes nothing. */
    record Answer(SipTransactionId transaction, Response response) implements SubscriptionOrder {}

    /** The 2xx of a dialog. */
    record Grant(SipTransactionId transaction, int status, Duration expires) implements SubscriptionOrder {}

    /**
     * A NOTIFY.
     *
     * @param dialog its own with the CSeq of this request; of a shared one the usage gives the number
     * @param left until it runs out
     */
    record SendNotify(Dialog dialog, Notice notice, Duration left) implements SubscriptionOrder {}

    /** What the rest of the gateway hears. */
    record Tell(SipEvent.OfConference event) implements SubscriptionOrder {}
}
