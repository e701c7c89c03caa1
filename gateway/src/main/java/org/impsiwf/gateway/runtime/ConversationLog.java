package org.impsiwf.gateway.runtime;

import java.util.Optional;
import org.impsiwf.mapping.State;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in a conversation, under the conversation's id: each event and each order at debug, on whichever side it is; a
 * session that begins, changes or ends at info. Never content. Called with the log's {@code conversation} set.
 */
final class ConversationLog {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationLog.class);
    private static final String NONE = "NoSession";

    private ConversationLog() {}

    static void decided(Event event, Optional<State> before, Optional<State> after) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("event {}", told(event));
        }
        String from = session(before);
        String to = session(after);
        if (!from.equals(to)) {
            LOG.info("session {} -> {} on {}", from, to, told(event));
        }
    }

    static void ordered(Command command) {
        if (LOG.isDebugEnabled()) {
            switch (command) {
                case Command.Sip(var order) ->
                    LOG.debug("order SIP {}", order.getClass().getSimpleName());
                case Command.Msrp(var order) ->
                    LOG.debug("order MSRP {}", order.getClass().getSimpleName());
                case Command.Ssp(var order) ->
                    LOG.debug("order SSP {}", order.getClass().getSimpleName());
                case Command.Tell(var to, Event event) -> LOG.debug("tells {} {}", to, told(event));
                case Command.Correlate c ->
                    LOG.debug("takes usage {}", c.usage().value());
                case Command.Forget f -> LOG.debug("forgets usage {}", f.usage().value());
                case Command.Note n -> {
                    // Logged where it is counted.
                }
            }
        }
    }

    private static String session(Optional<State> state) {
        return state.isPresent() && state.get() instanceof State.OfConversation(var conversation)
                ? conversation.leg().getClass().getSimpleName()
                : NONE;
    }

    private static String told(Event event) {
        return switch (event) {
            case Event.Sip(var e) -> "SIP " + e.getClass().getSimpleName();
            case Event.Msrp(var e) -> "MSRP " + e.getClass().getSimpleName();
            case Event.Ssp(var e) -> "SSP " + e.getClass().getSimpleName();
            default -> event.getClass().getSimpleName();
        };
    }
}
