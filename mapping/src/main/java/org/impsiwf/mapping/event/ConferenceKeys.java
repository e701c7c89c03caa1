package org.impsiwf.mapping.event;

import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.sip.event.InviteUsageId;

/** The mailboxes of what more than two have to do with. */
public final class ConferenceKeys {

    private static final char BEFORE_USER = '!';

    private ConferenceKeys() {}

    /** Of what all SIP users in a group share. */
    public static MailboxKey focus(Address.Group group) {
        return new MailboxKey(MailboxKey.Kind.FOCUS, group.canonical());
    }

    /** Of one SIP user in one group. */
    public static MailboxKey participation(Address.Group group, Address user) {
        return new MailboxKey(MailboxKey.Kind.PARTICIPATION, group.canonical() + BEFORE_USER + user.canonical());
    }

    /** Of the focus of the group that this participation is in. */
    public static MailboxKey focusOf(MailboxKey participation) {
        return new MailboxKey(
                MailboxKey.Kind.FOCUS,
                participation.id().substring(0, participation.id().lastIndexOf(BEFORE_USER)));
    }

    /** What the keys of all participations in the group of this focus begin with; the user's canonical address follows. */
    public static String participationsOf(MailboxKey focus) {
        return new MailboxKey(MailboxKey.Kind.PARTICIPATION, focus.id() + BEFORE_USER).text();
    }

    /** Of an INVITE to the conference factory, and of the chat that the sender of an INVITE hosts. */
    public static MailboxKey ofInvite(MailboxKey.Kind kind, InviteUsageId usage) {
        return new MailboxKey(kind, usage.value());
    }

    /**
     * Where the session is known that an invitation to a group would replace: with the talk of the two when an IMPS user
     * invites, and with what the inviting SIP user has said of a dialog that is not ours.
     *
     * @param invited the SIP user, at its own domain
     */
    public static MailboxKey replacementOf(Address invited, Address inviting, Policy policy) {
        boolean bothSip =
                inviting.domainName().map(policy.sipDomains()::contains).orElse(false);
        return new MailboxKey(
                bothSip ? MailboxKey.Kind.EXTENSION : MailboxKey.Kind.CONVERSATION,
                invited.canonical() + "|" + inviting.canonical());
    }
}
