package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipTransactionId;

/** Does what the letters of other nodes say. Each leads to a turn here, so that nothing waits for the node that wrote it. */
final class LettersTaken implements OtherNodes.Receiver {

    private final OtherNodes others;
    private final ServerTransactions servers;
    private final InsideRequests inside;
    private final InviteUsages usages;
    private final Subscriptions subscriptions;
    private final SipPoints points;
    private final SIPTransactionStack stack;
    private final Predicate<SipCommand> sender;

    /** @param sender carries a SendInvite or SendMessage out here and returns once it is stored */
    LettersTaken(
            OtherNodes others,
            ServerTransactions servers,
            InsideRequests inside,
            InviteUsages usages,
            Subscriptions subscriptions,
            SipPoints points,
            SIPTransactionStack stack,
            Predicate<SipCommand> sender) {
        this.others = others;
        this.servers = servers;
        this.inside = inside;
        this.usages = usages;
        this.subscriptions = subscriptions;
        this.points = points;
        this.stack = stack;
        this.sender = sender;
    }

    @Override
    public boolean take(String from, SipLetter letter) {
        return switch (letter) {
            case SipLetter.HandedOver request -> handedOver(request);
            case SipLetter.Answered(SipTransactionId id, byte[] response) -> {
                servers.answered(id, MessageText.response(response));
                yield true;
            }
            case SipLetter.Answer(SipTransactionId id, SipCommand.Response response) -> {
                servers.answer(id, response);
                yield true;
            }
            case SipLetter.Repeated(String at, byte[] response) -> repeated(at, response);
            case SipLetter.OfUsage(String tag, UsageEvent event) -> {
                usages.post(tag, event);
                yield true;
            }
            case SipLetter.OfSubscription(String id, var event) -> {
                subscriptions.post(id, event);
                yield true;
            }
            case SipLetter.Fork(String tag, var fork, String forkTag) -> {
                usages.fork(tag, fork, forkTag);
                usages.awaitTurn(forkTag);
                yield true;
            }
            case SipLetter.Send(SipCommand order) -> sender.test(order);
            case SipLetter.Cancel(String branch, String callId) -> cancelled(branch, callId);
            case SipLetter.Leaving l -> {
                others.leaves(from);
                yield true;
            }
        };
    }

    /** In our own answer stands a point of ours that speaks as the request came. */
    private boolean handedOver(SipLetter.HandedOver letter) {
        SIPRequest request = MessageText.request(letter.request(), letter.source(), letter.sourcePort());
        String transport = letter.at().substring(0, letter.at().indexOf(':'));
        Optional<SipPoint> point = points.all().stream()
                .filter(own -> own.transportName().equals(transport))
                .findFirst()
                .or(() -> points.all().stream().findFirst());
        if (point.isEmpty()) {
            return false; // not listening yet
        }
        var elsewhere = new TransactionElsewhere(letter.transaction(), letter.at(), request, others);
        servers.keep(letter.transaction(), elsewhere, request, point.get());
        inside.arrived(new ReceivedMessage(request), letter.transaction());
        return true;
    }

    private boolean repeated(String at, byte[] response) {
        Optional<SipPoint> point = points.all().stream()
                .filter(own -> own.on().toString().equals(at))
                .findFirst();
        point.ifPresent(own -> ServerTransactions.sendApart(own, MessageText.response(response)));
        return point.isPresent();
    }

    private boolean cancelled(String branch, String callId) {
        var invite = stack.findTransaction(branch.toLowerCase(Locale.ROOT), true);
        boolean known = invite != null
                && invite.getRequest() instanceof SIPRequest request
                && request.getMethod().equals("INVITE")
                && request.getCallId().getCallId().equals(callId)
                && invite.getApplicationData() instanceof String;
        if (known) {
            usages.post((String) invite.getApplicationData(), new UsageEvent.Cancelled());
        }
        return known;
    }
}
