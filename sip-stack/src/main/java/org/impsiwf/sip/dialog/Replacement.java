package org.impsiwf.sip.dialog;

import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.header.SipAddress;

/** Whether an INVITE may replace a dialog (RFC 3891 §3). Pure. */
public sealed interface Replacement {

    record Allowed(InviteUsageId usage) implements Replacement {}

    record Refused(int status, String reason) implements Replacement {}

    /**
     * Decides.
     *
     * @param found the usage with that local tag
     * @param ended whether such a dialog is known to have ended, so that there is no usage of it any more
     * @param initiator who sent the INVITE, as proven
     */
    static Replacement of(ReplacedDialog wanted, Optional<InviteUsage> found, boolean ended, NameAddr initiator) {
        if (found.isEmpty()) {
            return ended ? over() : unknown();
        }
        InviteUsage usage = found.get();
        if (!usage.dialog().callId().equals(wanted.callId())) {
            return unknown();
        }
        boolean named = usage.dialog().remoteTag().equals(wanted.remoteTag());
        return switch (usage.state()) {
            case UsageState.Calling(var giveUpAt, List<String> early) ->
                early.contains(wanted.remoteTag()) ? authorised(usage, initiator) : unknown();
            // An early dialog that we did not begin.
            case UsageState.Called c -> unknown();
            case UsageState.Answered a when named && a.hangUp() -> over();
            case UsageState.Answered a when named -> confirmed(usage, wanted, initiator);
            case UsageState.Talking t when named -> confirmed(usage, wanted, initiator);
            case UsageState.Ending e when named -> over();
            case UsageState.Over o when named -> over();
            case UsageState.Answered a -> unknown();
            case UsageState.Talking t -> unknown();
            case UsageState.Ending e -> unknown();
            case UsageState.Over o -> unknown();
            case UsageState.Cancelling c -> unknown();
        };
    }

    private static Replacement confirmed(InviteUsage usage, ReplacedDialog wanted, NameAddr initiator) {
        Replacement answer = authorised(usage, initiator);
        return answer instanceof Allowed && wanted.earlyOnly()
                ? new Refused(486, "The dialog to be replaced is confirmed")
                : answer;
    }

    private static Replacement authorised(InviteUsage usage, NameAddr initiator) {
        SipUri owner = usage.user().orElse(usage.dialog().remote()).uri();
        return isSameUser(owner, initiator.uri())
                ? new Allowed(usage.id())
                : new Refused(403, "The dialog to be replaced is another user's");
    }

    private static boolean isSameUser(SipUri one, SipUri other) {
        return userOf(one).equals(userOf(other));
    }

    private static String userOf(SipUri uri) {
        return SipAddress.parse(uri.value()).map(SipAddress::addressOfRecord).orElse(uri.value());
    }

    private static Replacement unknown() {
        return new Refused(481, "No dialog to be replaced");
    }

    private static Replacement over() {
        return new Refused(603, "The dialog to be replaced has ended");
    }
}
