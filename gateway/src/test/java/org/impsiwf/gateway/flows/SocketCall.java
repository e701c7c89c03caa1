package org.impsiwf.gateway.flows;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.testkit.sip.SipCall;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipRequestSent;

/** An INVITE of or to a user, and what became of it. */
final class SocketCall {
    final String name;
    final String user;
    final MsrpSocketDesk.Session media;
    volatile SipRequestSent ours;
    volatile SipRequestReceived theirs;
    volatile SipRequestReceived reinvite;
    volatile SipCall dialog;
    volatile boolean cancelled;
    volatile boolean ended;

    /** Its user hosts a chat: each guest's 2xx makes a dialog of its own (RFC 3261 §13.2.2.4). */
    volatile boolean hosts;

    final AtomicInteger version = new AtomicInteger(1);

    SocketCall(String name, String user, MsrpSocketDesk.Session media) {
        this.name = name;
        this.user = user;
        this.media = media;
    }

    /** The same call with another MSRP session. */
    SocketCall with(MsrpSocketDesk.Session other) {
        SocketCall call = new SocketCall(name, user, other);
        call.dialog = dialog;
        call.ours = ours;
        call.theirs = theirs;
        call.reinvite = reinvite;
        call.version.set(version.get());
        call.media.call = name;
        call.media.focus = media.focus;
        return call;
    }

    /** Whether a request of the other side belongs to it. */
    boolean has(SipMessage request) {
        return dialog != null && dialog.has(request);
    }

    /** What a Replaces names (RFC 3891): the dialog as the gateway knows it. */
    Optional<String> replaces() {
        return Optional.ofNullable(dialog).map(SipCall::replaces);
    }
}
