package org.impsiwf.mapping.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.conversation.Conversation.Carried;
import org.impsiwf.mapping.conversation.Conversation.Farewell;
import org.impsiwf.mapping.conversation.Conversation.Invited;
import org.impsiwf.mapping.conversation.Conversation.Taken;
import org.impsiwf.mapping.conversation.Conversation.ToImps;
import org.impsiwf.mapping.conversation.Conversation.ToSip;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipUri;

/**
 * One decision in the making: a working copy of the conversation besides the orders so far. It lives for one call of
 * {@link ConversationRules#decide} and is what keeps the rules short.
 */
final class Turn extends Orders {

    final List<ToImps> toImps;
    final List<ToSip> toSip;
    final List<Invited> invitations;
    final List<Farewell> farewells;
    Parties parties;
    Leg leg;
    Optional<Instant> noSessionsUntil;
    boolean stopping;
    Optional<Conversation.Dialog> dialog;
    Optional<Conversation.Becoming> becoming;
    Optional<Conversation.HandedOn> handedOn;
    private final List<Taken> recent;

    Turn(MailboxKey key, Conversation before, Moment moment) {
        super(key, moment);
        this.parties = before.parties();
        this.leg = before.leg();
        this.toImps = new ArrayList<>(before.toImps());
        this.toSip = new ArrayList<>(before.toSip());
        this.invitations = new ArrayList<>(before.invitations());
        this.farewells = new ArrayList<>(before.farewells());
        this.recent = new ArrayList<>(before.recent());
        this.noSessionsUntil = before.noSessionsUntil();
        this.stopping = before.stopping();
        this.dialog = before.dialog();
        this.becoming = before.becoming();
        this.handedOn = before.handedOn();
    }

    Conversation after() {
        return new Conversation(
                parties,
                leg,
                toImps,
                toSip,
                invitations,
                farewells,
                recent,
                noSessionsUntil,
                stopping,
                dialog,
                becoming,
                handedOn);
    }

    void stay() {
        // Nothing more to decide; the line that calls this says so.
    }

    /** The peer as it is now; one that is no longer configured counts as down. */
    Peer peer() {
        return moment.domains().named(parties.peer()).orElseGet(() -> Peer.plain(parties.peer(), false));
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

    /** Whether anything that was said in this session has no answer yet. */
    boolean isAnyInFlight(MsrpSessionId session) {
        return toSip.stream().anyMatch(item -> item.carried().equals(new Carried.InSession(session)))
                || toImps.stream()
                        .flatMap(item -> item.owed().stream())
                        .anyMatch(owed ->
                                owed instanceof Conversation.Owed.ToSend(var in, var exchange) && in.equals(session));
    }

    boolean anyInMessage() {
        return toSip.stream().anyMatch(item -> item.carried() instanceof Carried.InMessage);
    }

    /** Sessions count as unsupported for a while after the client said so. */
    boolean hasNoSessions() {
        return noSessionsUntil.isPresent() && !isPast(noSessionsUntil.get());
    }
}
