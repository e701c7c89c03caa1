package org.impsiwf.mapping;

import java.util.ArrayList;
import java.util.List;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Primitive;

/** The routes that a reception can take. */
final class Routes {

    private Routes() {}

    static Route to(MailboxKey key, Event event) {
        return new Route.To(key, event);
    }

    /** To the owner of a usage: named in the id where it is one of ours, else as was correlated. */
    static Route byUsage(InviteUsageId usage, Event event) {
        return MailboxKey.within(usage.value())
                .<Route>map(key -> new Route.To(key, event))
                .orElseGet(() -> new Route.ByUsage(usage, event));
    }

    static Route refused(SipCommand command, String why) {
        List<Command> orders = new ArrayList<>();
        orders.add(new Command.Note(Noted.UNSERVED_ADDRESS, why));
        orders.add(new Command.Sip(command));
        if (command instanceof SipCommand.RefuseInvite refusal) {
            orders.add(new Command.Forget(refusal.usage()));
        }
        return new Route.Answered(List.copyOf(orders));
    }

    static Route answered(TransactionRef transaction, Primitive primitive) {
        return new Route.Answered(List.of(new Command.Ssp(new SspCommand.Answer(transaction, primitive))));
    }

    static Route noted(Noted what, String detail) {
        return new Route.Answered(List.of(new Command.Note(what, detail)));
    }
}
