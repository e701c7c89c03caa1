package org.impsiwf.mapping.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.WrappedMessage;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ServiceId;

/** What the mapping is told: what happened at an edge, that time has passed, or what another mailbox has to say. */
public sealed interface Event {

    record Sip(SipEvent event) implements Event {}

    record Msrp(MsrpEvent event) implements Event {}

    record Ssp(SspEvent event) implements Event {}

    /** The deadline of the state has come, or the timer only thinks so: the state's own instants decide. */
    record DeadlineReached() implements Event {}

    /** The gateway ends: a session with no message on its way is closed. Told again until the conversation is over. */
    record Draining() implements Event {}

    /**
     * To every mailbox of a node that is gone, or hands over: another one goes on from what is shared of its state ({@link
     * org.impsiwf.mapping.State#toShare}). Connections and open transactions of the old one are lost.
     */
    record TakenOver() implements Event {}

    /** To a conversation: a message for its SIP user that came to several recipients at once. */
    record MessageShared(Origin origin, InstantMessage message) implements Event {}

    /** To a submission: one recipient's result, an SSP status code. */
    record ShareConcluded(int index, int code) implements Event {}

    /** To a delivery: a message has left under this key and its sender wants to hear what becomes of it. */
    record DeliveryTracked(Tracked tracked) implements Event {}

    /** To a delivery: the message was refused after all, nobody waits for a report. */
    record DeliveryForgotten() implements Event {}

    /** To a delivery: the far end calls the message by a name of its own; reports under it belong to that mailbox. */
    record DeliveryAliased(String mailbox) implements Event {}

    /**
     * To a delivery: the far end's word on the message.
     *
     * @param reporter canonical address of who says so
     * @param code SSP status code; 200 is delivered
     */
    record DeliveryReported(String reporter, int code) implements Event {}

    /**
     * To a conversation: its SIP user is owed a report.
     *
     * @param code SSP status code; 200 is delivered
     */
    record ReportDue(Asker asker, int code) implements Event {}

    /** What the parts of a conference have to say to each other and to the talk that they come from. */
    sealed interface OfConference extends Event {}

    /**
     * To a focus: this user asks the host to be let in. What the host has to say of the group may come before its answer; {@link
     * Entered} or {@link Left} follows.
     */
    record Entering(String participation, String user, ServiceId host) implements OfConference {}

    /**
     * To a focus: this user is in the group now. Told again when more is known.
     *
     * @param participation text of its mailbox key
     * @param user canonical address of the SIP user
     * @param host who hosts the group: a neighbour, or we
     * @param screenName by which the group knows the user
     * @param present screen names of those in the group, the user's own too, as the host has told at the entry; empty when it
     *     has told none
     */
    record Entered(
            String participation,
            String user,
            ServiceId host,
            String screenName,
            List<String> present,
            Optional<String> subject)
            implements OfConference {
        public Entered {
            present = List.copyOf(present);
        }
    }

    /** To a focus: this participation is over. */
    record Left(String participation) implements OfConference {}

    /** To a focus: somebody was asked in, and how that stands; {@code outcome} empty while it is open, else an SSP status code. */
    record Asked(String user, Optional<String> displayName, Optional<Integer> outcome) implements OfConference {}

    /** To a participation: a message for its user was said in the group; it answers with {@link MessageTaken} once it is saved, unless {@link Policy#oneNode}. */
    record MessageSaid(String focus, String distribution, WrappedMessage message, Optional<String> screenName)
            implements OfConference {}

    /** To a focus: the participation has saved the message, or cannot take it; an SSP status code. */
    record MessageTaken(String participation, String distribution, int code) implements OfConference {}

    /**
     * A large message of a member, which the other SIP users of the group may get while it comes in.
     *
     * @param session the member's, in which it comes
     * @param messageId under which the others get it
     * @param head the CPIM headers that they get
     * @param contentType of what is in it
     * @param size octets of the whole, where the member says so
     */
    record LargeMessage(
            MsrpSessionId session,
            ExchangeId exchange,
            String messageId,
            MsrpContent head,
            String contentType,
            OptionalLong size) {}

    /**
     * To a focus: a member wants to say something large. What becomes of it is ordered of the MSRP side at once.
     *
     * @param to screen name of the only one that it is for; absent: for all
     */
    record RelaySought(String participation, LargeMessage message, Optional<String> to) implements OfConference {}

    /** To a participation: something large is said, and each recipient's part is ordered of the MSRP side at once. */
    record RelayOffered(LargeMessage message, boolean privately) implements OfConference {}

    /** To a participation: what its user says is too large for so many members, whose domains take nothing but whole messages. */
    record RelayNarrowed(int members) implements OfConference {}

    /** To a participation: the host has put its user out, or the group is no more. It answers with {@link Left}. */
    record PutOut(String reason, boolean groupEnded) implements OfConference {}

    /**
     * To a participation: its user's INVITE to the factory has led to this group; all that is left is to answer it.
     *
     * @param reinvite set when it came as a re-INVITE in the dialog of the talk (mapping, shape e): this transaction is answered
     *     then, and the usage is the participation's from now on
     * @param group as its host writes it
     * @param host who hosts the group
     * @param joined whether the host has joined the user already (SSP 16.2.13)
     * @param screenName by which the user was or is to be joined
     * @param replaced text of the mailbox of the talk that ends once the INVITE is accepted
     * @param invitees whom the user now invites (GR); empty when the host does (EC)
     * @param headers that the 2xx has to carry
     * @param extension text of the mailbox that hears {@link EntryTaken}
     */
    record EntryAgreed(
            SipEvent.InviteReceived invite,
            Optional<SipTransactionId> reinvite,
            GroupId group,
            ServiceId host,
            boolean joined,
            Optional<String> screenName,
            Optional<String> replaced,
            List<Invitee> invitees,
            Map<String, String> headers,
            String extension)
            implements OfConference {
        public EntryAgreed {
            invitees = List.copyOf(invitees);
            headers = Map.copyOf(headers);
        }
    }

    /** To an extension: the participation has saved the entry that was agreed, so that it need not be told again. */
    record EntryTaken() implements OfConference {}

    /**
     * Somebody on a URI list.
     *
     * @param uri SIP or tel
     * @param shown whether the others may see that this user was asked (RFC 5364: not in bcc, not anonymous)
     */
    record Invitee(String uri, Optional<String> displayName, boolean shown) {}

    /**
     * To the mailbox that {@link ConferenceKeys#replacementOf} names: which session would an invitation to a group replace?
     * {@link ReplacementNamed} comes back, always.
     */
    record ReplacementSought(String participation) implements OfConference {}

    /**
     * To a participation: the answer.
     *
     * @param talk text of the mailbox that {@link SessionReplaced} goes to once the invitation is accepted
     * @param usage the session of the talk, absent when there is none
     * @param understood whether the user's client is told by Replaces
     * @param headers those that name a dialog of others, as the initiator gave them, or ours where Replaces does not (mapping,
     *     shapes a to d)
     */
    record ReplacementNamed(String talk, Optional<InviteUsageId> usage, boolean understood, Map<String, String> headers)
            implements OfConference {
        public ReplacementNamed {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * To a talk: its session was replaced by one with a group; it ends, and what waits in it goes on by itself.
     *
     * @param dialogKept the dialog is the group's now (a re-INVITE has changed it), so that no BYE may end it
     */
    record SessionReplaced(String participation, boolean dialogKept) implements OfConference {}

    /** To an extension: a re-INVITE in the talk's dialog asks for it (mapping, shape e). */
    record ExtensionAsked(SipEvent.ReinviteReceived reinvite, String talk) implements OfConference {}

    /** To a talk: is it the one that an INVITE to the factory is to replace? {@link TalkNamed} comes back, always. */
    record TalkSought(String extension, Marks marks) implements OfConference {}

    /**
     * What names a session, in whichever words the initiator's client has for it; one that fits is enough.
     *
     * @param session Contribution-ID or Session-ID (mapping, shapes c and d)
     */
    record Marks(Optional<InviteUsageId> usage, Optional<String> callId, Optional<String> session) {}

    /**
     * To an extension: the answer. A talk that is meant tells {@link TalkEnded} from now on, until {@link ExtensionOver}.
     *
     * @param busy it is meant, but another extension of it is under way
     */
    record TalkNamed(String talk, boolean meant, boolean busy) implements OfConference {}

    /** To a talk: it stays one of two after all. */
    record ExtensionOver(String extension) implements OfConference {}

    /** To an extension: the talk that was to become a group was ended by its IMPS user. */
    record TalkEnded(String talk) implements OfConference {}

    /** To the mailbox of two SIP users: what an invitation of one to the other is to carry, so that it replaces their session. */
    record ReplacementOffered(String extension, Map<String, String> headers) implements OfConference {
        public ReplacementOffered {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * What a delivery is about.
     *
     * @param conversation the text of its mailbox key
     * @param reporter canonical address of the recipient, the only one whose word counts
     */
    record Tracked(String conversation, String reporter, Asker asker) {}

    /** Who asked for a report, and in which words. */
    sealed interface Asker {}

    /** A SEND in this session, with Success-Report. */
    record AskedBySend(String session, String messageId) implements Asker {}

    /**
     * A CPIM message with Disposition-Notification (RFC 5438), in a MESSAGE or in a session.
     *
     * @param sipUri who asked; the conversation may be forgotten by the time of the report
     * @param impsAddress whom he wrote to
     */
    record AskedByImdn(
            String messageId,
            boolean positive,
            boolean negative,
            Optional<String> sentAt,
            String sipUri,
            String impsAddress)
            implements Asker {}

    /**
     * A SendMessageRequest with Delivery-Report-Request.
     *
     * @param sender IMPS address of the user who gets the report
     * @param recipient IMPS address of the SIP user that it is about
     */
    record AskedBySsp(
            Origin origin, ServiceId peer, String messageId, String sender, String recipient, String contentType)
            implements Asker {}
}
