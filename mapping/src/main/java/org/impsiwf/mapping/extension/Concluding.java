package org.impsiwf.mapping.extension;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.extension.Extension.Attempt;
import org.impsiwf.mapping.extension.Extension.Entry;
import org.impsiwf.mapping.extension.Extension.Extending;
import org.impsiwf.mapping.extension.Extension.GroupMaking;
import org.impsiwf.mapping.extension.Extension.Guest;
import org.impsiwf.mapping.extension.Extension.Intent;
import org.impsiwf.mapping.extension.Extension.Stage;
import org.impsiwf.mapping.extension.Happening.Extended;
import org.impsiwf.mapping.statuses.RefusedUris;
import org.impsiwf.sip.event.SipCommand.RingInvite;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.StatusCode;

/** From the host's agreement to the participation that answers the INVITE. */
final class Concluding {

    /** A participation answers at once; only one whose owner has died does not. */
    private static final Duration RETELL = Duration.ofSeconds(5);

    private static final int MOST_TELLINGS = 6;

    private final Orders orders;
    private final Undoing undoing;
    private final Refusals refusals;

    Concluding(Orders orders, Undoing undoing) {
        this.orders = orders;
        this.undoing = undoing;
        this.refusals = new Refusals(orders.policy());
    }

    /** The group is there and the initiator in it: whom the list names is invited by the participation. */
    Optional<Extension> made(Attempt a, GroupMaking group) {
        return entered(a, group.host(), new GroupId(group.group()), Optional.empty(), /* invites= */ true);
    }

    /** CSPX-29: from here on a timer of ours runs, above the one of the provider. */
    Optional<Extension> agreed(Attempt a, Extending extending) {
        if (a.intent().reinvite().isEmpty()) {
            orders.sip(new RingInvite(a.intent().invite().usage()));
        }
        var patience = orders.policy().conferences().extensionWait();
        return Optional.of(
                a.in(new Stage.Waiting(extending.agreed(), orders.in(patience.plus(patience.dividedBy(2))))));
    }

    /** CSPX-25 to CSPX-27, CSPX-32. */
    Optional<Extension> extended(Attempt a, Extending extending, Extended extended) {
        if (!undoing.isFrom(extending, extended)) {
            return Optional.of(a);
        }
        undoing.answer(extended, StatusCode.SUCCESSFUL);
        undoing.release(extending.talk());
        var response = extended.response();
        if (!response.result().isSuccess()) {
            return undoing.refuse(a.intent(), refusals.ofCode(response.result().statusCode(), response.responseNote()));
        }
        return entered(a, extending.host(), response.groupId(), extending.talk(), /* invites= */ false);
    }

    /** A talk that is meant as well, although another one was found first. */
    Optional<Extension> alsoMeant(Attempt a, Extending extending, String talk, boolean meant) {
        if (meant && !extending.talk().equals(Optional.of(talk))) {
            undoing.release(Optional.of(talk));
        }
        return Optional.of(a);
    }

    private Optional<Extension> entered(
            Attempt a, ServiceId host, GroupId groupId, Optional<String> replaced, boolean invites) {
        Intent intent = a.intent();
        Optional<Address.Group> group = group(groupId).filter(named -> isHostedBy(host, named));
        if (group.isEmpty()) {
            orders.note(Noted.PEER_MISBEHAVED, "a group that is not the host's: " + groupId.value());
            return undoing.refuse(intent, refusals.ofCode(500, Optional.empty()));
        }
        MailboxKey participation = ConferenceKeys.participation(group.get(), initiator(intent));
        return told(a, participation, new Entry(groupId, host, replaced, invites, 1));
    }

    private Optional<Extension> told(Attempt a, MailboxKey participation, Entry entry) {
        tell(a.intent(), participation, entry);
        return Optional.of(a.in(new Stage.HandedOver(participation.text(), Optional.of(entry), orders.in(RETELL))));
    }

    /** From here on it only passes on what still comes of the INVITE. */
    Optional<Extension> taken(Attempt a, Stage.HandedOver s) {
        return Optional.of(a.in(new Stage.HandedOver(
                s.participation(), Optional.empty(), orders.in(orders.policy().memory()))));
    }

    /** Which of the orders left with the host's agreement nobody knows: the participation knows a repeat, and so does the talk. */
    Optional<Extension> tellAgain(Attempt a, Stage.HandedOver s) {
        Optional<MailboxKey> participation = MailboxKey.parse(s.participation());
        if (s.entry().isEmpty() || participation.isEmpty()) {
            return Optional.of(a);
        }
        undoing.release(s.entry().get().replaced());
        return told(a, participation.get(), s.entry().get().toldAgain());
    }

    /** The participation's node may have died with what it was told. */
    Optional<Extension> retell(Attempt a, Stage.HandedOver s) {
        if (s.entry().isEmpty()) {
            return Optional.empty();
        }
        if (s.entry().get().tellings() < MOST_TELLINGS) {
            return tellAgain(a, s);
        }
        orders.note(Noted.DEADLINE_PASSED, "a participation that has not taken an entry: " + s.participation());
        return taken(a, s);
    }

    private void tell(Intent intent, MailboxKey participation, Entry entry) {
        List<Guest> invitees = entry.invites() ? intent.guests() : List.of();
        orders.tell(
                participation,
                new Event.EntryAgreed(
                        intent.invite(),
                        intent.reinvite(),
                        entry.group(),
                        entry.host(),
                        /* joined= */ true,
                        Optional.of(intent.initiator().screenName()),
                        entry.replaced(),
                        invitees.stream().map(Guest::invitee).toList(),
                        RefusedUris.header(intent.refused()),
                        orders.key.text()));
    }

    private static Address initiator(Intent intent) {
        return Address.tryParse(intent.initiator().address())
                .orElseThrow(() -> new IllegalStateException("an address of ours that cannot be read"));
    }

    private static Optional<Address.Group> group(GroupId id) {
        return Address.Group.tryParse(id.value());
    }

    private boolean isHostedBy(ServiceId host, Address.Group group) {
        Policy policy = orders.policy();
        Optional<ServiceId> expected = policy.isHome(group.domain())
                ? Optional.of(policy.hostOfOurs(group))
                : orders.moment.domains().serving(group.domain()).map(Peer::id);
        return expected.filter(id -> id.domain().equals(host.domain())).isPresent();
    }
}
