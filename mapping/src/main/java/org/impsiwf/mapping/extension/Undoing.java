package org.impsiwf.mapping.extension;

import java.util.Optional;
import java.util.Set;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.extension.Extension.Attempt;
import org.impsiwf.mapping.extension.Extension.Begun;
import org.impsiwf.mapping.extension.Extension.Extending;
import org.impsiwf.mapping.extension.Extension.GroupMaking;
import org.impsiwf.mapping.extension.Extension.Intent;
import org.impsiwf.mapping.extension.Extension.Stage.Leaving;
import org.impsiwf.mapping.extension.Extension.Stage.Withdrawn;
import org.impsiwf.mapping.extension.Happening.Extended;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand.RefuseInvite;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** How an attempt ends without a group, and what was begun on the SSP side with it: nobody must find it later. */
final class Undoing {

    /** The provider's timer is its own affair (CSPX-30): for so many of ours its word is still understood. */
    private static final int PATIENCE = 5;

    private static final int MOST_TRIES = 5;

    /** Answers to LeaveGroup after which another try makes sense. */
    private static final Set<Integer> TEMPORARY = Set.of(500, 503, 504, 507);

    private final Orders orders;
    private final Refusals refusals;

    Undoing(Orders orders) {
        this.orders = orders;
        this.refusals = new Refusals(orders.policy());
    }

    /** Refuses an INVITE for which nothing was begun. */
    Optional<Extension> refuse(Intent intent, Response response) {
        InviteUsageId usage = intent.invite().usage();
        intent.reinvite()
                .ifPresentOrElse(transaction -> orders.sip(new RefuseReinvite(usage, transaction, response)), () -> {
                    orders.sip(new RefuseInvite(usage, response));
                    orders.forget(usage);
                });
        return Optional.empty();
    }

    /** The talk stays one of two, as if nothing had been tried. */
    void release(Optional<String> talk) {
        talk.flatMap(MailboxKey::parse).ifPresent(to -> orders.tell(to, new Event.ExtensionOver(orders.key.text())));
    }

    /** @param certain whether the host has said so itself; otherwise it may have acted nevertheless */
    Optional<Extension> refused(Attempt a, Begun begun, int code, boolean certain) {
        refuse(a.intent(), refusals.ofCode(code, Optional.empty()));
        release(talk(begun));
        if (certain) {
            return Optional.empty();
        }
        return switch (begun) {
            case GroupMaking group -> leave(a, group.host(), group.group(), 1);
            case Extending extending -> withdraw(a, extending.agreed());
        };
    }

    Optional<Extension> timedOut(Attempt a, Begun begun) {
        orders.note(Noted.DEADLINE_PASSED, "the host of the group has said nothing in time");
        return ended(a, begun, refusals.ofCode(504, Optional.empty()));
    }

    Optional<Extension> withdrawn(Attempt a, Begun begun) {
        if (a.intent().reinvite().isEmpty()) {
            orders.forget(a.intent().invite().usage());
        }
        release(talk(begun));
        return withdraw(a, begun);
    }

    Optional<Extension> stopped(Attempt a, Begun begun) {
        return ended(a, begun, refusals.stopping());
    }

    /** RFC 3891 §3: a dialog that is over is none to replace. */
    Optional<Extension> partnerLeft(Attempt a, Extending extending, String talk) {
        return extending.talk().equals(Optional.of(talk))
                ? ended(a, extending, refusals.because(603, "the session that was to be replaced is over"))
                : Optional.of(a);
    }

    private Optional<Extension> ended(Attempt a, Begun begun, Response response) {
        refuse(a.intent(), response);
        release(talk(begun));
        return withdraw(a, begun);
    }

    private Optional<Extension> withdraw(Attempt a, Begun begun) {
        var patience = switch (begun) {
            case GroupMaking group -> orders.policy().answerWait();
            case Extending extending -> orders.policy().conferences().extensionWait();
        };
        return Optional.of(a.in(new Withdrawn(begun, orders.in(patience.multipliedBy(PATIENCE)))));
    }

    private static Optional<String> talk(Begun begun) {
        return switch (begun) {
            case GroupMaking group -> Optional.empty();
            case Extending extending -> extending.talk();
        };
    }

    /** A request of ours is answered after all. */
    Optional<Extension> answered(Attempt a, Withdrawn s, SspRequestId request, int code, boolean certain) {
        return switch (s.begun()) {
            case GroupMaking group when !group.request().equals(request) -> Optional.of(a);
            case GroupMaking group when code == 200 || !certain -> leave(a, group.host(), group.group(), 1);
            case GroupMaking group -> Optional.empty();
            case Extending extending when !extending.request().equals(Optional.of(request)) -> Optional.of(a);
            case Extending extending
            when code == 200 || !certain -> Optional.of(a.in(new Withdrawn(extending.agreed(), s.until())));
            case Extending extending -> Optional.empty();
        };
    }

    /** The partner has joined a group that its initiator does not want any more. */
    Optional<Extension> extended(Attempt a, Withdrawn s, Extended extended) {
        if (!(s.begun() instanceof Extending extending)) {
            answer(extended, StatusCode.BAD_PARAMETER);
            return Optional.of(a);
        }
        if (!isFrom(extending, extended)) {
            return Optional.of(a);
        }
        answer(extended, StatusCode.SUCCESSFUL);
        return extended.response().result().isSuccess()
                ? leave(a, extending.host(), extended.response().groupId().value(), 1)
                : Optional.empty();
    }

    /** Whether the outcome is from whom it was asked for, and about what; answered here when it is not. */
    boolean isFrom(Extending extending, Extended extended) {
        if (!extended.transaction().peer().domain().equals(extending.host().domain())) {
            orders.note(Noted.SPOOFED_SENDER, "a peer that answers for another one");
            answer(extended, StatusCode.GENERAL_ADDRESS_ERROR);
            return false;
        }
        if (!extended.response().extendConversationId().value().equals(extending.id())) {
            answer(extended, StatusCode.BAD_PARAMETER);
            return false;
        }
        return true;
    }

    void answer(Extended extended, StatusCode code) {
        orders.ssp(new SspCommand.Answer(extended.transaction(), Status.of(code)));
    }

    /** Nothing was heard: a group that may have been made is left in any case. */
    Optional<Extension> givenUp(Attempt a, Withdrawn s) {
        return switch (s.begun()) {
            case GroupMaking group -> leave(a, group.host(), group.group(), 1);
            case Extending extending -> Optional.empty();
        };
    }

    private Optional<Extension> leave(Attempt a, ServiceId host, String group, int tries) {
        SspRequestId request = orders.newSspRequest();
        orders.ssp(new SspCommand.SendRequest(
                request, host, ExtensionPhrases.leave(a.intent().initiator(), orders.moment, group)));
        return Optional.of(a.in(new Leaving(
                host, group, request, tries, orders.in(orders.policy().answerWait()))));
    }

    Optional<Extension> left(Attempt a, Leaving s, SspRequestId request, int code) {
        boolean over = s.request().equals(request) && !TEMPORARY.contains(code);
        return over ? Optional.empty() : Optional.of(a);
    }

    Optional<Extension> leaveAgain(Attempt a, Leaving s) {
        if (s.tries() < MOST_TRIES) {
            return leave(a, s.host(), s.group(), s.tries() + 1);
        }
        orders.note(Noted.DEADLINE_PASSED, "a group that nobody wants could not be left: " + s.group());
        return Optional.empty();
    }
}
