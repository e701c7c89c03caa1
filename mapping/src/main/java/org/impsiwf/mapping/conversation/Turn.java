package org.impsiwf.mapping.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.conversation.Conversation.Carried;
import org.impsiwf.mapping.conversation.Conversation.Invited;
import org.impsiwf.mapping.conversation.Conversation.Taken;
import org.impsiwf.mapping.conversation.Conversation.ToImps;
import org.impsiwf.mapping.conversation.Conversation.ToSip;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * One decision in the making: a working copy of the conversation and the orders so far. It lives for one call of
 * {@link ConversationRules#decide} and is what keeps the rules short; nothing of it is shared.
 */
final class Turn {

    final MailboxKey key;
    final Moment moment;
    final List<ToImps> toImps;
    final List<ToSip> toSip;
    final List<Invited> invitations;
    Parties parties;
    Leg leg;
    Optional<Instant> noSessionsUntil;
    boolean stopping;
    private final List<Taken> recent;
    private final List<Command> commands = new ArrayList<>();

    Turn(MailboxKey key, Conversation before, Moment moment) {
        this.key = key;
        this.moment = moment;
        this.parties = before.parties();
        this.leg = before.leg();
        this.toImps = new ArrayList<>(before.toImps());
        this.toSip = new ArrayList<>(before.toSip());
        this.invitations = new ArrayList<>(before.invitations());
        this.recent = new ArrayList<>(before.recent());
        this.noSessionsUntil = before.noSessionsUntil();
        this.stopping = before.stopping();
    }

    Conversation after() {
        return new Conversation(parties, leg, toImps, toSip, invitations, recent, noSessionsUntil, stopping);
    }

    List<Command> commands() {
        return List.copyOf(commands);
    }

    Instant now() {
        return moment.now();
    }

    Policy policy() {
        return moment.policy();
    }

    Instant in(Duration wait) {
        return now().plus(wait);
    }

    boolean isPast(Instant instant) {
        return !now().isBefore(instant);
    }

    /** The peer as it is now; one that is no longer configured counts as down. */
    Peer peer() {
        return moment.domains().named(parties.peer()).orElseGet(() -> Peer.plain(parties.peer(), false));
    }

    void sip(SipCommand command) {
        commands.add(new Command.Sip(command));
    }

    void msrp(MsrpCommand command) {
        commands.add(new Command.Msrp(command));
    }

    void ssp(SspCommand command) {
        commands.add(new Command.Ssp(command));
    }

    void tell(MailboxKey to, Event event) {
        commands.add(new Command.Tell(to, event));
    }

    void correlate(InviteUsageId usage) {
        commands.add(new Command.Correlate(usage, key));
    }

    void forget(InviteUsageId usage) {
        // Ids of ours lead back by themselves; only those of the edge were correlated.
        if (MailboxKey.within(usage.value()).isEmpty()) {
            commands.add(new Command.Forget(usage));
        }
    }

    void note(Noted what, String detail) {
        commands.add(new Command.Note(what, detail));
    }

    String newId() {
        return moment.ids().next();
    }

    SspRequestId newSspRequest() {
        return new SspRequestId(key.issue(newId()));
    }

    RequestId newSipRequest() {
        return new RequestId(key.issue(newId()));
    }

    MsrpSessionId newSession() {
        return new MsrpSessionId(key.issue(newId()));
    }

    InviteUsageId newUsage() {
        return new InviteUsageId(key.issue(newId()));
    }

    /** The IMPS user as sender of a SIP request. */
    SipCommand.Sender impsSender() {
        return new SipCommand.Sender(new NameAddr(parties.impsName(), new SipUri(parties.impsAsSip())), false);
    }

    SipUri sipTarget() {
        return new SipUri(parties.sipUri());
    }

    boolean wasTaken(String id) {
        return recent.stream()
                .anyMatch(taken -> taken.id().equals(id) && !isPast(taken.at().plus(policy().memory())));
    }

    void remember(String id) {
        recent.add(new Taken(id, now()));
        Iterator<Taken> oldest = recent.iterator();
        while (oldest.hasNext()) {
            Taken taken = oldest.next();
            if (recent.size() > Conversation.RECENT || isPast(taken.at().plus(policy().memory()))) {
                oldest.remove();
            }
        }
    }

    /** Puts another version of a message in its place. */
    void replace(ToSip old, ToSip next) {
        toSip.set(toSip.indexOf(old), next);
    }

    boolean anyInMessage() {
        return toSip.stream().anyMatch(item -> item.carried() instanceof Carried.InMessage);
    }

    /** Sessions count as unsupported for a while after the client said so. */
    boolean hasNoSessions() {
        return noSessionsUntil.isPresent() && !isPast(noSessionsUntil.get());
    }
}
