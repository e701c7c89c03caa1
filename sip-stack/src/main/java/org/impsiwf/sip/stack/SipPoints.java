package org.impsiwf.sip.stack;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.resolve.Transport;

/** The listening points of one stack. Any thread. */
final class SipPoints {

    private final List<SipPoint> all = new CopyOnWriteArrayList<>();

    void add(SipPoint point) {
        all.add(point);
    }

    List<SipPoint> all() {
        return all;
    }

    boolean speak(Transport transport) {
        return all.stream().anyMatch(point -> point.transport() == transport);
    }

    /** The first configured point that a message to that hop can leave from. */
    Optional<SipPoint> towards(Hop hop) {
        for (SipPoint point : all) {
            if (point.reaches(hop)) {
                return Optional.of(point);
            }
        }
        return Optional.empty();
    }

    /** The point that a message came in at. */
    SipPoint of(Object provider) {
        for (SipPoint point : all) {
            if (point.provider().equals(provider)) { // JAIN-SIP compares providers by identity
                return point;
            }
        }
        throw new IllegalStateException("a message from a provider of another stack");
    }
}
