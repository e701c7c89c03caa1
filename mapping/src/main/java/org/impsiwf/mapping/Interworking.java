package org.impsiwf.mapping;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.conference.Focus;
import org.impsiwf.mapping.conference.FocusRules;
import org.impsiwf.mapping.conversation.Conversation;
import org.impsiwf.mapping.conversation.ConversationRules;
import org.impsiwf.mapping.conversation.Parties;
import org.impsiwf.mapping.conversation.Submission;
import org.impsiwf.mapping.conversation.SubmissionRules;
import org.impsiwf.mapping.delivery.Delivery;
import org.impsiwf.mapping.delivery.DeliveryRules;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Ids;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.extension.Extension;
import org.impsiwf.mapping.extension.ExtensionRules;
import org.impsiwf.mapping.hosting.HostedChat;
import org.impsiwf.mapping.hosting.HostedChatRules;
import org.impsiwf.mapping.participation.Participation;
import org.impsiwf.mapping.participation.ParticipationRules;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;

/**
 * The mapping as a whole: {@link #route} says whose event it is, {@link #decide} what it means. Pure but for the ids that
 * it draws; safe from any thread.
 */
public final class Interworking {

    /** Longer than any state can stay without an event: every open one has a deadline far below. */
    private static final Duration ACTIVE = Duration.ofDays(1);

    /** How long a group may be quiet. A focus whose last participation ended with its owner, untold, ends by it. */
    private static final Duration STANDING = Duration.ofDays(3);

    private final Policy policy;
    private final Domains domains;
    private final Ids ids;
    private final Reception reception;

    public Interworking(Policy policy, Domains domains, Ids ids) {
        this.policy = policy;
        this.domains = domains;
        this.ids = ids;
        this.reception = new Reception(policy, domains);
    }

    /** Where an event of an edge goes. What cannot be ours is refused here, with no state made for it. */
    public Route route(Event event) {
        return reception.route(event);
    }

    /** What whoever asks is told while this node must not work: it is not known what the others do. */
    public static List<Command> unavailable(Event event) {
        return Unavailable.answers(event);
    }

    /**
     * Decides one event of one mailbox.
     *
     * @param before what was saved under the key, empty when nothing is
     */
    public Decision decide(MailboxKey key, Optional<State> before, Event event, Instant now) {
        Moment moment = new Moment(now, ids, domains, policy);
        return switch (key.kind()) {
            case CONVERSATION -> conversation(key, before, event, moment);
            case SUBMISSION -> submission(key, before, event, moment);
            case DELIVERY -> delivery(key, before, event, moment);
            case FOCUS -> focus(key, before, event, moment);
            case PARTICIPATION -> participation(key, before, event, moment);
            case EXTENSION -> extension(key, before, event, moment);
            case HOSTED -> hosted(key, before, event, moment);
        };
    }

    private Decision conversation(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<Conversation> known = before.map(state -> ((State.OfConversation) state).conversation());
        Optional<Parties> parties = known.map(Conversation::parties).or(() -> reception.parties(event));
        if (parties.isEmpty()) {
            return new Decision(Optional.empty(), afterTheEnd(key, event), ACTIVE);
        }
        var outcome = ConversationRules.decide(key, known, parties.get(), event, moment);
        Conversation next = outcome.next();
        if (!next.isQuiet()) {
            return new Decision(Optional.of(new State.OfConversation(next)), outcome.commands(), ACTIVE);
        }
        boolean worthKeeping = !next.recent().isEmpty()
                || next.noSessionsUntil().isPresent()
                || !next.farewells().isEmpty();
        return new Decision(
                worthKeeping ? Optional.of(new State.OfConversation(next)) : Optional.empty(),
                outcome.commands(),
                policy.memory());
    }

    /** An event of a conversation that is over. A SEND still gets its answer, and who asks for a session is told that there is none. */
    private static List<Command> afterTheEnd(MailboxKey key, Event event) {
        if (event instanceof Event.TalkSought sought) {
            return told(sought.extension(), new Event.TalkNamed(key.text(), false, false));
        }
        if (event instanceof Event.ReplacementSought(String participation)) {
            return told(
                    participation,
                    new Event.ReplacementNamed(key.text(), Optional.empty(), /* understood= */ false, Map.of()));
        }
        Command note = new Command.Note(Noted.LATE_EVENT, "event of a conversation that is over");
        if (event instanceof Event.Msrp(MsrpEvent.MessageReceived e)) {
            return List.of(
                    note,
                    new Command.Msrp(new MsrpCommand.AnswerMessage(e.session(), e.exchange(), 481, Optional.empty())));
        }
        return List.of(note);
    }

    private static List<Command> told(String mailbox, Event event) {
        return MailboxKey.parse(mailbox)
                .<List<Command>>map(to -> List.of(new Command.Tell(to, event)))
                .orElse(List.of());
    }

    private Decision submission(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<Submission> known = before.map(state -> ((State.OfSubmission) state).submission());
        var outcome = SubmissionRules.decide(key, known, event, moment, reception::recipient);
        return new Decision(
                outcome.next().map(State.OfSubmission::new),
                outcome.commands(),
                policy.answerWait().multipliedBy(4));
    }

    private Decision delivery(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<Delivery> known = before.map(state -> ((State.OfDelivery) state).delivery());
        var outcome = DeliveryRules.decide(key, known, event, moment);
        return new Decision(outcome.next().map(State.OfDelivery::new), outcome.commands(), policy.reportMemory());
    }

    private static Decision focus(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<Focus> known = before.map(state -> ((State.OfFocus) state).focus());
        var outcome = FocusRules.decide(key, known, event, moment);
        return new Decision(outcome.next().map(State.OfFocus::new), outcome.commands(), STANDING);
    }

    private static Decision participation(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<Participation> known = before.map(state -> ((State.OfParticipation) state).participation());
        var outcome = ParticipationRules.decide(key, known, event, moment);
        return new Decision(outcome.next().map(State.OfParticipation::new), outcome.commands(), ACTIVE);
    }

    private static Decision extension(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<Extension> known = before.map(state -> ((State.OfExtension) state).extension());
        var outcome = ExtensionRules.decide(key, known, event, moment);
        return new Decision(outcome.next().map(State.OfExtension::new), outcome.commands(), ACTIVE);
    }

    private static Decision hosted(MailboxKey key, Optional<State> before, Event event, Moment moment) {
        Optional<HostedChat> known = before.map(state -> ((State.OfHostedChat) state).chat());
        var outcome = HostedChatRules.decide(key, known, event, moment);
        return new Decision(outcome.next().map(State.OfHostedChat::new), outcome.commands(), ACTIVE);
    }
}
