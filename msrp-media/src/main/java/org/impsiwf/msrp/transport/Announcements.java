package org.impsiwf.msrp.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpEvent;

/** Events of a session that is not connected yet wait, so that its owner hears of them in order. In the session's mailbox. */
final class Announcements {
    private final Consumer<MsrpEvent> owner;
    private boolean connected;
    private List<MsrpEvent> held = new ArrayList<>(0);

    Announcements(Consumer<MsrpEvent> owner) {
        this.owner = owner;
    }

    boolean connected() {
        return connected;
    }

    /** Says so, and then all that has waited for it. */
    void begin(MsrpEvent.SessionConnected event) {
        connected = true;
        owner.accept(event);
        List<MsrpEvent> early = held;
        held = new ArrayList<>(0);
        early.forEach(owner);
    }

    void tellOnceConnected(MsrpEvent event) {
        if (connected) {
            owner.accept(event);
        } else {
            held.add(event);
        }
    }

    /** A message that is held back was refused meanwhile: it must not be handed over any more. */
    void takeBack(ExchangeId refused) {
        held.removeIf(event -> event instanceof MsrpEvent.MessageReceived message
                ? message.exchange().equals(refused)
                : event instanceof MsrpEvent.MessageBegun begun
                        && begun.exchange().equals(refused));
    }

    /** Nothing that waits is handed over. */
    void drop() {
        held.clear();
    }
}
