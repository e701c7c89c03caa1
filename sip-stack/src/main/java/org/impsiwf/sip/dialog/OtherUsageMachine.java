package org.impsiwf.sip.dialog;

import static org.impsiwf.sip.dialog.UsageDecision.to;

import org.impsiwf.sip.dialog.UsageEvent.OtherUsageRequested;

/** What an INVITE usage does for the other usages of its confirmed dialog (RFC 5057): numbers and targets are shared. Pure. */
final class OtherUsageMachine {

    private OtherUsageMachine() {}

    static UsageDecision requested(InviteUsage usage, OtherUsageRequested request) {
        InviteUsage targeted = request.contact()
                .map(contact -> usage.with(usage.dialog().targeting(contact)))
                .orElse(usage);
        return to(targeted, new UsageOrder.PassOn(request.transaction()));
    }

    static UsageDecision send(InviteUsage usage, UsageEvent.SendNotify order) {
        Dialog dialog = usage.dialog().sending();
        return to(usage.with(dialog), new UsageOrder.SendNotify(dialog, order));
    }
}
