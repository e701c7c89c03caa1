package org.impsiwf.mapping;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.conversation.Parties;
import org.impsiwf.mapping.conversation.Reports;
import org.impsiwf.mapping.conversation.SubmissionRules.Checked;
import org.impsiwf.mapping.conversation.Submitted;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Finds the mailbox of an event, and turns away at the door what speaks for others or goes where nobody is served. */
final class Reception {

    private final Policy policy;
    private final Jurisdiction jurisdiction;
    private final ConferenceReception conferences;
    private final GroupReception groups;

    Reception(Policy policy, Domains domains) {
        this.policy = policy;
        this.jurisdiction = new Jurisdiction(policy, domains);
        this.conferences = new ConferenceReception(policy, jurisdiction);
        this.groups = new GroupReception(jurisdiction);
    }

    Route route(Event event) {
        return switch (event) {
            case Event.Sip(SipEvent.InviteReceived e) ->
                conferences
                        .invite(e, event)
                        .orElseGet(() ->
                                fromSip(e.head(), event, refusal -> new SipCommand.RefuseInvite(e.usage(), refusal)));
            case Event.Sip(SipEvent.MessageReceived e) ->
                fromSip(e.head(), event, refusal -> new SipCommand.AnswerMessage(e.transaction(), refusal));
            case Event.Sip(SipEvent.OfUsage e) -> Routes.byUsage(e.usage(), event);
            case Event.Sip(SipEvent.MessageAnswered e) -> byId(e.request().value(), event);
            case Event.Sip(SipEvent.OfConference e) -> conferences.route(e, event);
            case Event.Msrp(MsrpEvent e) -> byId(e.session().value(), event);
            case Event.Ssp(SspEvent.RequestReceived e) ->
                groups.request(e, event).orElseGet(() -> fromPeer(e, event));
            case Event.Ssp(SspEvent.ResponseReceived e) -> byId(e.request().value(), event);
            case Event.Ssp(SspEvent.RequestFailed e) -> byId(e.request().value(), event);
            case Event.Ssp(SspEvent.PeerUp e) -> new Route.Answered(List.of());
            case Event.Ssp(SspEvent.PeerDown e) -> new Route.Answered(List.of());
            case Event.DeadlineReached e -> lost();
            case Event.Draining e -> lost();
            case Event.TakenOver e -> lost();
            case Event.MessageShared e -> lost();
            case Event.ShareConcluded e -> lost();
            case Event.DeliveryTracked e -> lost();
            case Event.DeliveryForgotten e -> lost();
            case Event.DeliveryAliased e -> lost();
            case Event.DeliveryReported e -> lost();
            case Event.ReportDue e -> lost();
            case Event.OfConference e -> lost();
        };
    }

    /** The two users of an event that may begin a conversation. */
    Optional<Parties> parties(Event event) {
        return switch (event) {
            case Event.Sip(SipEvent.InviteReceived e) -> sipPair(e.head()).map(Pair::parties);
            case Event.Sip(SipEvent.MessageReceived e) -> sipPair(e.head()).map(Pair::parties);
            case Event.Sip e -> Optional.empty();
            case Event.Msrp e -> Optional.empty();
            case Event.Ssp(SspEvent.RequestReceived e) ->
                users(e.request())
                        .flatMap(users -> pair(users.imps(), users.sip()))
                        .map(Pair::parties);
            case Event.Ssp e -> Optional.empty();
            case Event.MessageShared(var origin, var message) ->
                pair(message.sender(), message.recipient()).map(Pair::parties);
            case Event.ReportDue(Event.AskedByImdn asked, int code) ->
                pair(asked.impsAddress(), asked.sipUri()).map(Pair::parties);
            case Event.ReportDue e -> Optional.empty();
            case Event.DeadlineReached e -> Optional.empty();
            case Event.Draining e -> Optional.empty();
            case Event.TakenOver e -> Optional.empty();
            case Event.ShareConcluded e -> Optional.empty();
            case Event.DeliveryTracked e -> Optional.empty();
            case Event.DeliveryForgotten e -> Optional.empty();
            case Event.DeliveryAliased e -> Optional.empty();
            case Event.DeliveryReported e -> Optional.empty();
            case Event.OfConference e -> Optional.empty();
        };
    }

    /** For one of several recipients of an IMPS user. */
    Checked recipient(UserId sender, UserId recipient) {
        Optional<Address> sip = Address.tryParse(recipient.value());
        if (sip.isEmpty() || sip.get() instanceof Address.Group) {
            return new Checked(Optional.empty(), 531);
        }
        if (!jurisdiction.isServed(sip.get())) {
            return new Checked(Optional.empty(), 516);
        }
        return pair(sender.value(), recipient.value())
                .map(pair -> new Checked(Optional.of(pair.key()), 200))
                .orElseGet(() -> new Checked(Optional.empty(), 531));
    }

    private record Pair(MailboxKey key, Parties parties) {}

    private record Users(String imps, String sip) {}

    @FunctionalInterface
    private interface Refuse {
        SipCommand with(SipCommand.Response refusal);
    }

    private Route fromSip(RequestHead head, Event event, Refuse refuse) {
        Optional<Jurisdiction.Objection> objection = jurisdiction.objectionTo(head.originator());
        if (objection.isPresent()) {
            return Routes.refused(
                    refuse.with(SipCommand.Response.of(objection.get().status())),
                    objection.get().why());
        }
        return sipPair(head)
                .<Route>map(pair -> new Route.To(pair.key(), event))
                .orElseGet(() -> Routes.refused(
                        refuse.with(SipCommand.Response.of(targetRefusal(head))), "a target that no peer serves"));
    }

    private static int targetRefusal(RequestHead head) {
        return switch (head.requestUri().scheme()) {
            case "sip", "sips", "tel", "im", "wv" -> 404;
            default -> 416;
        };
    }

    private Optional<Pair> sipPair(RequestHead head) {
        return pair(
                head.requestUri().value(), head.originator().identity().uri().value());
    }

    /** Empty when one of the two is no user, or the IMPS user's domain is served by nobody. */
    private Optional<Pair> pair(String imps, String sip) {
        Optional<Address> sipUser = Address.tryParse(sip).map(this::atHome);
        Optional<Address> impsUser = Address.tryParse(imps);
        boolean users = sipUser.filter(a -> !(a instanceof Address.Group)).isPresent()
                && impsUser.filter(a -> !(a instanceof Address.Group)).isPresent();
        if (!users) {
            return Optional.empty();
        }
        return jurisdiction.peerOf(impsUser.get()).map(peer -> {
            Address at = impsUser.get() instanceof Address.Telephone number
                            && number.host().isEmpty()
                    ? number.at(peer.id().domain())
                    : impsUser.get();
            return new Pair(Parties.key(sipUser.get(), at), Parties.of(sipUser.get(), at, peer.id()));
        });
    }

    /** A number without a domain is a number of our first domain. */
    private Address atHome(Address address) {
        return address instanceof Address.Telephone number && number.host().isEmpty()
                ? number.at(policy.sipDomains().getFirst())
                : address;
    }

    private Route fromPeer(SspEvent.RequestReceived e, Event event) {
        return switch (e.request()) {
            case SendMessageRequest r -> submission(e, r, event);
            case DeliveryStatusReport r -> report(r, e.transaction(), event);
            case InviteRequest r
            when r.inviteType() != InviteType.IM -> Routes.answered(e.transaction(), Status.of(501));
            case InviteRequest r -> betweenUsers(e, event);
            case CancelInviteRequest r -> betweenUsers(e, event);
            case InviteResponse r -> betweenUsers(e, event);
            default -> Routes.answered(e.transaction(), Status.of(501));
        };
    }

    private Route submission(SspEvent.RequestReceived e, SendMessageRequest request, Event event) {
        Optional<UserId> sender = Submitted.sender(request);
        if (sender.isEmpty()) {
            return refusedMessage(e.transaction(), 427, "a message without a sending user");
        }
        boolean foreign =
                !jurisdiction.speaksFor(e.peer(), sender.get().value()) || namesForeignSender(e.peer(), request);
        if (foreign) {
            return refusedMessage(e.transaction(), 901, "a peer that speaks for a domain of others");
        }
        List<Addressee> recipients = request.messageInfo().recipients().stream()
                .map(recipient -> recipient.addressee())
                .toList();
        if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            return refusedMessage(e.transaction(), recipients.isEmpty() ? 402 : 540, "no or too many recipients");
        }
        boolean single = recipients.size() == 1 && recipients.getFirst() instanceof User;
        if (!single) {
            return new Route.To(submissionKey(e.transaction()), event);
        }
        Checked checked = recipient(sender.get(), ((User) recipients.getFirst()).userId());
        return checked.mailbox()
                .<Route>map(key -> new Route.To(key, event))
                .orElseGet(() -> refusedMessage(e.transaction(), checked.code(), "a recipient that is not served"));
    }

    private static final int MAX_RECIPIENTS = 200;

    private static MailboxKey submissionKey(TransactionRef transaction) {
        String id = transaction.peer().domain() + "!" + transaction.transactionId();
        return new MailboxKey(MailboxKey.Kind.SUBMISSION, id.replace('#', '~'));
    }

    private boolean namesForeignSender(ServiceId peer, SendMessageRequest request) {
        return request.messageInfo()
                .sender()
                .filter(sender -> sender.address() instanceof User user
                        && !jurisdiction.speaksFor(peer, user.userId().value()))
                .isPresent();
    }

    private Route report(DeliveryStatusReport report, TransactionRef transaction, Event event) {
        String messageId =
                report.messageInfo().messageId().map(Object::toString).orElse("");
        String suffix = "@" + policy.ourDomain();
        Optional<MailboxKey> key = messageId.endsWith(suffix)
                ? Reports.mailboxOf(messageId.substring(0, messageId.length() - suffix.length()))
                : Reports.mailboxOfForeign(messageId);
        return key.<Route>map(mailbox -> new Route.To(mailbox, event))
                .orElseGet(() -> new Route.Answered(List.of(
                        new Command.Note(Noted.UNKNOWN_REPORT, "a report that names no message"),
                        new Command.Ssp(new SspCommand.Answer(transaction, Status.of(200))))));
    }

    private Route betweenUsers(SspEvent.RequestReceived e, Event event) {
        Optional<Users> users = users(e.request());
        if (users.isEmpty()) {
            return Routes.answered(e.transaction(), Status.of(531));
        }
        if (!jurisdiction.speaksFor(e.peer(), users.get().imps())) {
            return Routes.answered(e.transaction(), Status.of(901));
        }
        Checked checked =
                recipient(new UserId(users.get().imps()), new UserId(users.get().sip()));
        return checked.mailbox()
                .<Route>map(key -> new Route.To(key, event))
                .orElseGet(() -> Routes.answered(e.transaction(), Status.of(checked.code())));
    }

    private Optional<Users> users(Primitive request) {
        return switch (request) {
            case SendMessageRequest r ->
                Submitted.sender(r)
                        .flatMap(sender -> users(
                                User.of(sender),
                                r.messageInfo().recipients().getFirst().addressee()));
            case InviteRequest r -> users(r.invitingUser(), r.invitedUser());
            case CancelInviteRequest r -> users(r.cancelingUser(), r.canceledUser());
            // Some peers exchange the two (ssp-wire-syntax 11, row 12): the SIP user is the one that we serve.
            case InviteResponse r ->
                users(r.respondingUser(), r.invitingUser())
                        .filter(users -> Address.tryParse(users.sip())
                                .filter(jurisdiction::isServed)
                                .isPresent())
                        .or(() -> users(r.invitingUser(), r.respondingUser()));
            default -> Optional.empty();
        };
    }

    private static Optional<Users> users(Addressee imps, Addressee sip) {
        return imps instanceof User from && sip instanceof User to
                ? Optional.of(new Users(from.userId().value(), to.userId().value()))
                : Optional.empty();
    }

    private static Route byId(String id, Event event) {
        return MailboxKey.within(id).<Route>map(key -> new Route.To(key, event)).orElseGet(Reception::lost);
    }

    private static Route lost() {
        return new Route.Answered(List.of(new Command.Note(Noted.OUR_MISTAKE, "an event that leads to no mailbox")));
    }

    private static Route refusedMessage(TransactionRef transaction, int code, String why) {
        Noted what = code == 901 ? Noted.SPOOFED_SENDER : Noted.UNSERVED_ADDRESS;
        return new Route.Answered(List.of(
                new Command.Note(what, why),
                new Command.Ssp(new SspCommand.Answer(
                        transaction, new SendMessageResponse(Status.of(code), Optional.empty())))));
    }
}
