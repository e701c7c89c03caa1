package org.impsiwf.ssp.elements.im;

import java.util.Optional;
import org.impsiwf.ssp.elements.im.MessageRecords.Method;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.StatusCode;

/** What the PSE of a recipient does with a message for it. Pure. */
final class ReceptionRules {

    private ReceptionRules() {}

    /**
     * What is known of the recipient.
     *
     * @param reachable it is logged in, or its home domain may know it to be
     * @param waiting messages that are stored for it already
     * @param method what it has chosen; empty when it has not
     */
    record Facts(
            boolean exists,
            boolean blocks,
            boolean hasItAlready,
            boolean reachable,
            int waiting,
            Optional<Method> method) {}

    /** What to do. */
    sealed interface Decision {}

    record Refuse(StatusCode code) implements Decision {}

    /** A repeat of what the user has: nothing to do but to say so again. */
    record SayAgain() implements Decision {}

    /** Pushed while the sender waits: what the client says is the answer. */
    record PushNow() implements Decision {}

    /** @param awake whether to tell the user of it at once */
    record Store(boolean awake) implements Decision {}

    static Decision decide(Facts facts, long size, boolean byReference, ImSettings.Storing storing) {
        if (!facts.exists()) {
            return new Refuse(StatusCode.UNKNOWN_USER);
        }
        if (facts.blocks()) {
            return new Refuse(StatusCode.RECIPIENT_BLOCKED_THE_SENDER);
        }
        if (facts.hasItAlready()) {
            return new SayAgain();
        }
        if (!facts.reachable() && !storing.forOffline()) {
            return new Refuse(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN);
        }
        boolean push = isPushed(facts.method(), size, byReference, storing.method());
        // Behind what waits already, so that the order stays.
        if (push && facts.reachable() && facts.waiting() == 0) {
            return new PushNow();
        }
        return facts.waiting() >= storing.quota()
                ? new Refuse(StatusCode.MESSAGE_QUEUE_IS_FULL)
                : new Store(facts.reachable());
    }

    /** SSP 16.2.6: the whole message, or only its id. What is elsewhere can only be named. */
    static boolean isPushed(Optional<Method> chosen, long size, boolean byReference, DeliveryMethod otherwise) {
        DeliveryMethod method = chosen.map(Method::method).orElse(otherwise);
        long limit = chosen.flatMap(Method::contentLimit).orElse(Long.MAX_VALUE);
        return method == DeliveryMethod.PUSH && size <= limit && !byReference;
    }
}
