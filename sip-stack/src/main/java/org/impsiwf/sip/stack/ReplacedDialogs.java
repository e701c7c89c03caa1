package org.impsiwf.sip.stack;

import java.time.InstantSource;
import java.util.Optional;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.ReplacedDialog;
import org.impsiwf.sip.dialog.Replacement;
import org.impsiwf.sip.event.NameAddr;

/** Finds the dialog that an INVITE wants to replace (RFC 3891). Asks the store, so it may block. */
final class ReplacedDialogs {

    private final InviteUsages usages;

    /** Dialogs that ended half a minute ago or less, so that a late replacement is not taken for a foreign one. */
    private final RecentlySeen ended;

    ReplacedDialogs(InviteUsages usages, InstantSource clock) {
        this.usages = usages;
        this.ended = new RecentlySeen(clock);
        usages.forgotten(this::ended);
    }

    private void ended(InviteUsage usage) {
        Dialog dialog = usage.dialog();
        if (!dialog.remoteTag().isEmpty()) {
            ended.remember(key(dialog.callId(), dialog.localTag(), dialog.remoteTag()), 0);
        }
    }

    private static long key(String callId, String localTag, String remoteTag) {
        return RecentlySeen.hash(RecentlySeen.hash(RecentlySeen.hash(17, callId), localTag), remoteTag);
    }

    /** @param initiator who asks, as proven */
    Replacement find(String header, NameAddr initiator) {
        return ReplacedDialog.parse(header)
                .map(wanted -> Replacement.of(wanted, usages.find(wanted.localTag()), hasEnded(wanted), initiator))
                .orElseGet(() -> new Replacement.Refused(400, "Malformed Replaces"));
    }

    private boolean hasEnded(ReplacedDialog wanted) {
        return ended.isRemembered(key(wanted.callId(), wanted.localTag(), wanted.remoteTag()));
    }

    /** What the target of an INVITE reads to replace that dialog with us; empty when there is none that is open. */
    Optional<String> header(String tag) {
        return usages.find(tag).filter(InviteUsage::isTalking).map(usage -> ReplacedDialog.write(usage.dialog()));
    }
}
