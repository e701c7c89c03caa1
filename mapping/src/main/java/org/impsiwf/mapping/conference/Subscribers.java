package org.impsiwf.mapping.conference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conference.Focus.Participant;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent.SubscribeReceived;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;

/** Who may know of the conference, and what the host is asked for their sake (RFC 4575 §3.5). */
final class Subscribers {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final FocusTurn turn;
    private final Members members;
    private final HostNotices notices;

    Subscribers(FocusTurn turn, Members members, HostNotices notices) {
        this.turn = turn;
        this.members = members;
        this.notices = notices;
    }

    void subscribed(SubscribeReceived e) {
        Optional<Address> subscriber =
                Address.tryParse(e.head().originator().identity().uri().value());
        Optional<Participant> participant = subscriber.map(Address::canonical).flatMap(turn::participant);
        boolean may = participant.isPresent() || turn.policy().conferences().rosterForAll();
        if (turn.participants.isEmpty() && !turn.policy().isHome(turn.group.domain())) {
            refuse(e, Response.of(404));
        } else if (!may || subscriber.isEmpty() || turn.participants.isEmpty()) {
            refuse(e, Response.of(403));
        } else if (turn.stopping) {
            refuse(e, new Response(480, Optional.empty(), Optional.of(LATER), Map.of()));
        } else {
            turn.announcements.begin(e.subscription(), subscriber.get().canonical(), e.expires());
            participant.filter(Participant::isIn).ifPresent(in -> askHost(subscriber.get()));
        }
    }

    private void refuse(SubscribeReceived e, Response refusal) {
        turn.sip(new SipCommand.RefuseSubscription(e.subscription(), refusal));
    }

    /** What nobody has told us yet; asked for once somebody wants to know. */
    private void askHost(Address user) {
        askProperties(user);
        Optional<SspRequestId> list = turn.description.members();
        if (!turn.description.complete() && list.isEmpty()) {
            list = Optional.of(ask(new GetJoinedMemberRequest(onBehalf(user), group())));
        }
        turn.description = turn.description.asked(turn.description.properties(), list);
    }

    /** @param user who is in the group */
    void askProperties(Address user) {
        Optional<SspRequestId> properties = turn.description.properties();
        if (!turn.description.known() && properties.isEmpty()) {
            properties = Optional.of(ask(new GetGroupPropsRequest(onBehalf(user), group())));
            turn.description = turn.description.asked(properties, turn.description.members());
        }
    }

    private GroupId group() {
        return new GroupId(turn.group.impsAddress());
    }

    private MetaInformation onBehalf(Address user) {
        Address atHome =
                user instanceof Address.Telephone number && number.host().isEmpty()
                        ? number.at(turn.policy().sipDomains().getFirst())
                        : user;
        return MetaInformation.ofUser(new ServiceId(turn.policy().serviceId()), new UserId(atHome.impsAddress()));
    }

    private SspRequestId ask(Primitive question) {
        SspRequestId request = turn.newSspRequest();
        turn.ssp(new SspCommand.SendRequest(request, turn.host, question));
        return request;
    }

    /** The host may never have heard an open question: it is given up, and asked anew in the name of somebody who is in. */
    void askAgain() {
        boolean open = turn.description.properties().isPresent()
                || turn.description.members().isPresent();
        if (!open) {
            return;
        }
        turn.description = turn.description.asked(Optional.empty(), Optional.empty());
        turn.participants.entrySet().stream()
                .filter(entry -> entry.getValue().isIn())
                .findFirst()
                .flatMap(entry -> Address.ofCanonical(entry.getKey()))
                .ifPresentOrElse(this::askHost, () -> members.answered(List.of()));
    }

    /** An answer of the host. One that is no such list is a refusal; whoever subscribes next has it asked for again. */
    void answered(SspRequestId request, Primitive response) {
        if (!isOpen(request)) {
            return;
        }
        close(request);
        switch (response) {
            case GetGroupPropsResponse r
            when r.statusInfo().isSuccess() -> {
                turn.description = turn.description.learnt(true, turn.description.complete());
                notices.properties(r.groupPropList());
            }
            case GetJoinedMemberResponse r when r.statusInfo().isSuccess() -> listed(r);
            default -> members.answered(List.of());
        }
    }

    private void listed(GetJoinedMemberResponse r) {
        members.answered(Stream.of(r.joinedAdminList(), r.joinedUserList(), r.joinedBlockedList())
                .flatMap(List::stream)
                .map(Mapping::screenName)
                .toList());
        r.joinedAdminList().forEach(admin -> notices.roles(admin.screenName(), List.of("administrator")));
    }

    private boolean isOpen(SspRequestId request) {
        return turn.description.properties().filter(request::equals).isPresent()
                || turn.description.members().filter(request::equals).isPresent();
    }

    void unanswered(SspRequestId request) {
        close(request);
        members.answered(List.of());
    }

    private void close(SspRequestId request) {
        turn.description = turn.description.asked(
                turn.description.properties().filter(id -> !id.equals(request)),
                turn.description.members().filter(id -> !id.equals(request)));
    }

    /** The gateway ends: whoever wants to know asks where it is served then (RFC 6665 §4.1.3). */
    void stop() {
        turn.stopping = true;
        turn.announcements.endAll("deactivated");
    }
}
