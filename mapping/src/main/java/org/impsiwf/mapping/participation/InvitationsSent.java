package org.impsiwf.mapping.participation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.MemberUri;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.participation.Participation.Asking;
import org.impsiwf.mapping.statuses.SspToSip;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.FurtherAnswer;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** Whom the user invites into the group, and whom it puts out: one request for each, until it is known how that ended. */
final class InvitationsSent {

    /** How long somebody may think about an invitation. */
    private static final Duration VALIDITY = Duration.ofMinutes(3);

    private static final int ACCEPTED = 200;
    private static final int DECLINED = 825;
    private static final int UNKNOWN_USER = 531;

    private final MemberTurn turn;

    InvitationsSent(MemberTurn turn) {
        this.turn = turn;
    }

    /** Those of the URI list, now that the user is in. */
    void sendAll() {
        List<Event.Invitee> all = turn.toInvite;
        turn.toInvite = List.of();
        all.forEach(invitee -> invite(invitee.uri(), invitee.displayName(), invitee.shown(), Optional.empty()));
    }

    void invite(String uri, Optional<String> displayName, boolean shown, Optional<ReferId> refer) {
        Optional<Address> invitee = Address.tryParse(uri).filter(address -> !(address instanceof Address.Group));
        Optional<ServiceId> server = invitee.flatMap(this::serverOf);
        String inviteId = turn.key.issue(turn.newId());
        Asking asking = new Asking(
                turn.newSspRequest(),
                Optional.of(inviteId),
                invitee.map(Address::sipUri).orElse(uri),
                shown,
                refer,
                0,
                turn.in(VALIDITY));
        turn.asking.add(asking);
        if (shown) {
            turn.tellFocus(new Event.Asked(asking.user(), displayName, Optional.empty()));
        }
        if (server.isEmpty()) {
            conclude(asking, UNKNOWN_USER);
        } else {
            ask(asking, server.get());
        }
    }

    private void ask(Asking asking, ServiceId server) {
        turn.ssp(new SspCommand.SendRequest(asking.request(), server, request(asking)));
    }

    private Primitive request(Asking asking) {
        if (MemberUri.read(asking.user()).isPresent()) {
            return GroupPhrases.whoIsIn(turn);
        }
        Address user = Address.tryParse(asking.user()).orElseThrow();
        return asking.inviteId()
                .<Primitive>map(id -> GroupPhrases.invitation(turn, id, user, VALIDITY))
                .orElseGet(() -> GroupPhrases.putOut(turn, user));
    }

    /** What was asked may not have left with the node that asked; who has heard it knows the Invite-ID. */
    void askAgain() {
        for (Asking asking : turn.asking) {
            Optional<ServiceId> server = asking.inviteId().isPresent()
                    ? Address.tryParse(asking.user()).flatMap(this::serverOf)
                    : Optional.of(turn.room.host());
            server.ifPresent(asked -> ask(asking, asked));
        }
    }

    void putOut(Address user, ReferId refer) {
        putOut(user.sipUri(), refer, 0);
    }

    /** SSP puts out whom it knows by User-ID: who that is the host is asked for first (SSP 17.1.6). */
    void putOut(String screenName, ReferId refer) {
        putOut(new MemberUri(turn.room.address(), screenName).sipUri(), refer, 0);
    }

    private void putOut(String uri, ReferId refer, int soFar) {
        Asking asking = new Asking(
                turn.newSspRequest(),
                Optional.empty(),
                uri,
                false,
                Optional.of(refer),
                soFar,
                turn.in(turn.policy().answerWait()));
        turn.asking.add(asking);
        ask(asking, turn.room.host());
    }

    /** The host has said who is in; a host may hide the users behind the names. */
    void listed(SspRequestId request, GetJoinedMemberResponse response) {
        find(request).ifPresent(asking -> {
            String screenName =
                    MemberUri.read(asking.user()).map(MemberUri::screenName).orElse("");
            Optional<Address> user = Stream.of(response.joinedUserList(), response.joinedAdminList())
                    .flatMap(List::stream)
                    .filter(mapping -> mapping.screenName().equalsIgnoreCase(screenName))
                    .flatMap(mapping -> mapping.userId().stream())
                    .flatMap(id -> Address.tryParse(id.value()).stream())
                    .findFirst();
            if (user.isPresent() && asking.refer().isPresent()) {
                turn.asking.remove(asking);
                putOut(user.get().sipUri(), asking.refer().get(), asking.soFar());
            } else {
                conclude(asking, UNKNOWN_USER);
            }
        });
    }

    /** Our own element has to know who was invited, and sends it on; a peer's group is no matter of ours. */
    private Optional<ServiceId> serverOf(Address invitee) {
        boolean home =
                invitee.domainName().map(turn.policy().sipDomains()::contains).orElse(false);
        if (home || turn.isSelf(turn.room.host())) {
            return Optional.of(turn.self());
        }
        Optional<Peer> peer = invitee.domainName()
                .map(turn.moment.domains()::serving)
                .orElseGet(turn.moment.domains()::forTelephoneNumbers);
        return peer.map(Peer::id);
    }

    /** The transaction of the request is over: an invitation goes on until it is answered, everything else has ended. */
    void answered(SspRequestId request, int code) {
        find(request).ifPresent(asking -> {
            boolean stillOpen =
                    code / 100 == 1 || (code == ACCEPTED && asking.inviteId().isPresent());
            boolean stillUnknown =
                    code == ACCEPTED && MemberUri.read(asking.user()).isPresent();
            if (!stillOpen) {
                conclude(asking, stillUnknown ? UNKNOWN_USER : code);
            }
        });
    }

    private Optional<Asking> find(SspRequestId request) {
        return turn.asking.stream()
                .filter(asking -> asking.request().equals(request))
                .findFirst();
    }

    /** What the invited user says, in whichever transaction it came. */
    void responded(String inviteId, FurtherAnswer answer, Status status, Optional<TransactionRef> transaction) {
        Optional<Asking> found = turn.asking.stream()
                .filter(asking -> asking.inviteId().equals(Optional.of(inviteId)))
                .findFirst();
        transaction.ifPresent(ref -> turn.ssp(new SspCommand.Answer(
                ref, Status.of(found.isPresent() ? StatusCode.SUCCESSFUL : StatusCode.INVALID_INVITATION_ID))));
        if (found.isEmpty()) {
            turn.note(Noted.LATE_EVENT, "an answer to an invitation that nobody waits for");
            return;
        }
        int refused = status.isSuccess() ? DECLINED : status.statusCode();
        conclude(found.get(), answer.inviteAcceptance() ? ACCEPTED : refused);
    }

    void giveUp() {
        List.copyOf(turn.asking).stream()
                .filter(asking -> turn.isPast(asking.until()))
                .forEach(asking -> {
                    turn.note(Noted.DEADLINE_PASSED, "somebody who was invited has not answered");
                    conclude(asking, 504);
                });
    }

    /** Takes an invitation back that is not answered (SSP 13.1.8); false when that user was not invited. */
    boolean cancel(Address user) {
        Optional<Asking> found = turn.asking.stream()
                .filter(asking -> asking.inviteId().isPresent())
                .filter(asking ->
                        Address.tryParse(asking.user()).filter(user::isSame).isPresent())
                .findFirst();
        found.ifPresent(asking -> {
            serverOf(user)
                    .map(turn::server)
                    .filter(Peer::takesCancelInvite)
                    .ifPresent(server -> turn.ssp(new SspCommand.SendRequest(
                            turn.newSspRequest(),
                            server.id(),
                            GroupPhrases.cancellation(turn, asking.inviteId().orElseThrow(), user))));
            conclude(asking, 410);
        });
        return found.isPresent();
    }

    /** The user was put out: whoever is still asked may come all the same, but nobody waits to hear of it. */
    void abandon() {
        List.copyOf(turn.asking).forEach(asking -> conclude(asking, 410));
    }

    private void conclude(Asking asking, int code) {
        turn.asking.remove(asking);
        if (asking.shown()) {
            turn.tellFocus(new Event.Asked(asking.user(), Optional.empty(), Optional.of(code)));
        }
        asking.refer().ifPresent(refer -> report(refer, best(asking.soFar(), sipStatus(code))));
    }

    private static int sipStatus(int code) {
        return code == ACCEPTED
                ? ACCEPTED
                : SspToSip.verdict(code, SspToSip.Method.INVITE).status();
    }

    private static int best(int one, int other) {
        return one == 0 ? other : Math.min(one, other);
    }

    /** A REFER with a list has one outcome: it has been done if it was done for anybody (RFC 5368 §7). */
    private void report(ReferId refer, int status) {
        boolean last = turn.asking.stream().noneMatch(other -> other.refer().equals(Optional.of(refer)));
        if (last) {
            turn.sip(new SipCommand.ReportRefer(refer, status, reason(status)));
            return;
        }
        turn.asking.replaceAll(
                other -> other.refer().equals(Optional.of(refer)) ? other.after(best(other.soFar(), status)) : other);
    }

    private static String reason(int status) {
        return switch (status / 100) {
            case 2 -> "OK";
            case 6 -> "Decline";
            default -> status == 404 ? "Not Found" : status == 403 ? "Forbidden" : "Not Reached";
        };
    }
}
