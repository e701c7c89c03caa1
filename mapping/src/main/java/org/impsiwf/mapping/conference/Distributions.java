package org.impsiwf.mapping.conference;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conference.Focus.Distribution;
import org.impsiwf.mapping.conference.Focus.Participant;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.content.WrappedMessage;
import org.impsiwf.mapping.conversation.SspPhrases;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.MessageTaken;
import org.impsiwf.mapping.statuses.PerRecipient;
import org.impsiwf.sip.event.ConferenceState.Presence;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.pcollections.TreePMap;

/**
 * What was said in the group, on its way to the SIP users: one transaction of the host, one telling for each of them. The host has
 * its answer as soon as the message is saved here; whoever has not taken it is told again. Where all mailboxes are in one heap
 * a telling is as safe as what is saved, so nothing is kept of it, and nobody says that it has taken it.
 */
final class Distributions {

    /** A participation answers at once; only one whose owner has died does not. */
    static final Duration RETELL = Duration.ofSeconds(5);

    /** After them a participation is taken for dead. */
    static final int MOST_TELLINGS = 6;

    private final FocusTurn turn;
    private final Members members;

    Distributions(FocusTurn turn, Members members) {
        this.turn = turn;
        this.members = members;
    }

    void said(TransactionRef transaction, SendMessageRequest request) {
        GroupMessage message = new GroupMessage(request);
        Addressed addressed = new Addressed(message);
        String id = turn.newId();
        String messageId =
                message.messageId().isEmpty() ? id + "@" + turn.policy().ourDomain() : message.messageId();
        String taken = messageId + "/" + message.fingerprint();
        Status status = addressed.results.status();
        if (turn.wasTaken(taken)) {
            turn.note(Noted.DUPLICATE_ABSORBED, "a message of the group came again");
        } else if (!addressed.owed.isEmpty()) {
            int refusal = refusal(message);
            if (refusal == 200) {
                distribute(id, message, messageId, addressed);
                turn.remember(taken);
            } else {
                status = Status.of(refusal);
            }
        }
        turn.ssp(new SspCommand.Answer(transaction, SspPhrases.messageAnswer(status, messageId)));
    }

    private int refusal(GroupMessage message) {
        if (message.size() > turn.policy().maxMessageSize()) {
            return 540;
        }
        long bytes = turn.distributions.values().stream()
                .mapToLong(distribution -> distribution.message().content().length)
                .sum();
        boolean full = turn.distributions.size() >= turn.policy().queueMessages()
                || bytes + message.size() > turn.policy().queueBytes();
        return full ? 503 : 200;
    }

    private void distribute(String id, GroupMessage message, String messageId, Addressed addressed) {
        Distribution distribution = new Distribution(
                message.as(messageId, turn.group),
                turn.now(),
                message.screenName(),
                message.isPrivate(),
                addressed.owed,
                turn.in(RETELL),
                1);
        if (!turn.policy().oneNode()) {
            turn.owe(id, distribution);
        }
        tell(id, distribution);
    }

    private void tell(String id, Distribution distribution) {
        if (distribution.privately()) {
            distribution
                    .owed()
                    .keySet()
                    .forEach(user -> turn.tell(
                            turn.participationOf(user), said(id, distribution, distribution.messageFor(user))));
            return;
        }
        Event.MessageSaid toAll = said(id, distribution, distribution.message());
        for (String user : distribution.owed().keySet()) {
            turn.tell(turn.participationOf(user), toAll);
        }
    }

    private Event.MessageSaid said(String id, Distribution distribution, InstantMessage message) {
        return new Event.MessageSaid(
                turn.key.text(), id, WrappedMessage.of(message, id, distribution.at()), distribution.screenName());
    }

    /** SSP 16.2.1: each of those addressed, and why it gets nothing. */
    private final class Addressed {
        private final PerRecipient results = new PerRecipient();
        private final Optional<String> sender;
        private final Optional<String> screenName;
        private TreePMap<String, Participant> owed = TreePMap.empty();

        Addressed(GroupMessage message) {
            this.sender = message.user();
            this.screenName = message.screenName();
            message.recipients().forEach(this::add);
        }

        private void add(Addressee recipient) {
            switch (recipient) {
                case User user -> user(user);
                case GroupId group -> all(group);
                case ScreenName name -> member(name);
                case ContactListId list -> results.failed(700, list);
            }
        }

        private void user(User user) {
            Optional<Address> address = Address.tryParse(user.userId().value());
            Optional<Participant> participant = address.map(Address::canonical).flatMap(turn::participant);
            if (participant.isPresent()) {
                owe(address.get().canonical(), participant.get());
            } else {
                results.failed(address.map(this::whyNot).orElse(531), user);
            }
        }

        private int whyNot(Address address) {
            boolean served = address.domainName()
                    .map(turn.policy().sipDomains()::contains)
                    .orElse(true);
            return served ? 808 : 516;
        }

        /** Who is about to enter may have entered after it was said. */
        private void all(GroupId group) {
            boolean here =
                    Address.tryParse(group.value()).filter(turn.group::isSame).isPresent();
            if (here && turn.in() > 0) {
                turn.participants.forEach((user, participant) -> {
                    if (participant.isIn()) {
                        owe(user, participant);
                    }
                });
            } else {
                results.failed(here ? 808 : 800, group);
            }
        }

        private void member(ScreenName name) {
            Optional<Map.Entry<String, Participant>> found = turn.participants.entrySet().stream()
                    .filter(entry -> entry.getValue().isCalled(name.name()))
                    .findFirst();
            found.ifPresentOrElse(entry -> owe(entry.getKey(), entry.getValue()), () -> results.failed(531, name));
        }

        /** Nobody hears his own words again (RFC 7701 §6.3). */
        private void owe(String user, Participant participant) {
            results.succeeded();
            boolean own = sender.filter(user::equals).isPresent()
                    || screenName.filter(participant::isCalled).isPresent();
            if (!own) {
                owed = owed.plus(user, participant);
            }
        }
    }

    void taken(MessageTaken e) {
        Optional<String> user = turn.userOf(e.participation());
        Distribution distribution = turn.distributions.get(e.distribution());
        if (user.isEmpty() || distribution == null) {
            return;
        }
        turn.owe(e.distribution(), distribution.without(user.get()));
        boolean gone = e.code() == 808
                && turn.participant(user.get()).filter(Participant::isIn).isPresent();
        if (gone) {
            // Its end has not reached us: the owner died between saving it and telling it.
            members.out(user.get(), Presence.DEPARTED);
        }
    }

    /** The participations that were told may never have heard it. */
    void tellAgain() {
        turn.underWay().forEach(entry -> {
            turn.owe(entry.getKey(), entry.getValue().toldAgain(turn.in(RETELL)));
            tell(entry.getKey(), entry.getValue());
        });
    }

    /** Tells those again who have not taken what is due. */
    void retell() {
        turn.underWay().forEach(entry -> {
            Distribution distribution = entry.getValue();
            if (!turn.isPast(distribution.retellAt())) {
                return;
            }
            if (distribution.tellings() >= MOST_TELLINGS) {
                turn.note(Noted.DEADLINE_PASSED, "participations that have not taken a message");
                turn.distributions = turn.distributions.minus(entry.getKey());
                return;
            }
            turn.owe(entry.getKey(), distribution.toldAgain(turn.in(RETELL)));
            tell(entry.getKey(), distribution);
        });
    }
}
