package org.impsiwf.sip.subscription;

import java.util.Locale;
import java.util.Optional;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipUri;

/**
 * One subscription as it is stored.
 *
 * @param id its key: the local tag of a dialog of its own, or that of the INVITE usage's dialog with its event
 * @param usage the INVITE usage that it shares its dialog with
 * @param dialog of its own; of a shared one, what it was when the subscription began
 * @param flow names the connection (or UDP peer) that the subscriber was last heard on
 * @param resource what it is about; the Contact names it
 * @param event the Event value of its NOTIFYs, with the {@code id} that they have to repeat
 * @param silent a REFER that wants no subscription (RFC 4488)
 * @param owner who is told of it; empty until it is accepted
 */
public record Subscription(
        String id,
        Kind kind,
        Optional<InviteUsageId> usage,
        Dialog dialog,
        Optional<String> flow,
        SipUri resource,
        String event,
        boolean silent,
        String owner,
        SubscriptionState state) {

    /** Its event package. */
    public enum Kind {
        CONFERENCE,
        REFER;

        public String eventName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Subscription in(SubscriptionState next) {
        return new Subscription(id, kind, usage, dialog, flow, resource, event, silent, owner, next);
    }

    Subscription with(Dialog next) {
        return new Subscription(id, kind, usage, next, flow, resource, event, silent, owner, state);
    }

    Subscription ownedBy(String who) {
        return new Subscription(id, kind, usage, dialog, flow, resource, event, silent, who, state);
    }

    public boolean isShared() {
        return usage.isPresent();
    }
}
