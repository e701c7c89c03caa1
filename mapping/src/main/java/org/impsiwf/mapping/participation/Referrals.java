package org.impsiwf.mapping.participation;

import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.MemberUri;
import org.impsiwf.mapping.statuses.Warning;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.sip.event.ReferTarget;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent.ReferReceived;

/** REFER of a member (RFC 4579 §5.5, §5.11, RFC 5368): it asks the focus to invite somebody, or to put somebody out. */
final class Referrals {

    private final MemberTurn turn;

    Referrals(MemberTurn turn) {
        this.turn = turn;
    }

    void received(ReferReceived e) {
        Optional<Response> refusal = refusal(e);
        if (refusal.isPresent()) {
            turn.sip(new SipCommand.RefuseRefer(e.refer(), refusal.get()));
            return;
        }
        turn.sip(new SipCommand.AcceptRefer(e.refer()));
        for (ReferTarget target : e.targets()) {
            if (target.method().equals("BYE")) {
                putOut(target, e.refer());
            } else {
                new InvitationsSent(turn).invite(target.uri().value(), Optional.empty(), true, Optional.of(e.refer()));
            }
        }
    }

    private Optional<Response> refusal(ReferReceived e) {
        boolean another = e.usage().isPresent() && !e.usage().equals(turn.leg.usage());
        if (another || !(turn.membership instanceof Membership.Joined)) {
            return Optional.of(Response.of(another ? 481 : 403));
        }
        int most = turn.policy().conferences().maxAdhocGroupSize();
        if (turn.asking.size() + e.targets().size() > most) {
            return Optional.of(Warning.of(turn.policy().ourDomain(), "at most " + most + " at a time")
                    .refusal(403));
        }
        return e.targets().stream().map(this::refusal).flatMap(Optional::stream).findFirst();
    }

    private Optional<Response> refusal(ReferTarget target) {
        return switch (target.method()) {
            // Who refers a conference to a conference, its own or another, makes them call each other for ever.
            case "INVITE" -> isConference(target) ? Optional.of(Response.of(482)) : Optional.empty();
            case "BYE" -> isSomebody(target) ? Optional.empty() : Optional.of(Response.of(404));
            default -> Optional.of(Response.of(403));
        };
    }

    private boolean isConference(ReferTarget target) {
        String factory = turn.policy().conferences().factory();
        return Address.tryParse(target.uri().value())
                .filter(address -> address instanceof Address.Group
                        || Address.tryParse(factory).filter(address::isSame).isPresent())
                .isPresent();
    }

    private boolean isSomebody(ReferTarget target) {
        return screenNameOf(target).isPresent() || userOf(target).isPresent();
    }

    /** A member whose address the others need not know; absent for one of another group. */
    private Optional<String> screenNameOf(ReferTarget target) {
        return MemberUri.read(target.uri().value())
                .filter(member -> member.group().isSame(turn.room.address()))
                .map(MemberUri::screenName);
    }

    private Optional<Address> userOf(ReferTarget target) {
        return Address.tryParse(target.uri().value()).filter(address -> !(address instanceof Address.Group));
    }

    private void putOut(ReferTarget target, ReferId refer) {
        Optional<String> screenName = screenNameOf(target);
        boolean itself = screenName
                .map(name -> name.equalsIgnoreCase(turn.screenName()))
                .orElseGet(() -> userOf(target)
                        .filter(user -> user.canonical().equals(Participation.user(turn.key)))
                        .isPresent());
        InvitationsSent others = new InvitationsSent(turn);
        if (itself) {
            turn.sip(new SipCommand.ReportRefer(refer, 200, "OK"));
            new MemberLegRules(turn).on(new MemberLegEvent.Unwanted("left"));
        } else if (screenName.isPresent()) {
            others.putOut(screenName.get(), refer);
        } else if (others.cancel(userOf(target).orElseThrow())) {
            turn.sip(new SipCommand.ReportRefer(refer, 200, "OK"));
        } else {
            others.putOut(userOf(target).orElseThrow(), refer);
        }
    }
}
