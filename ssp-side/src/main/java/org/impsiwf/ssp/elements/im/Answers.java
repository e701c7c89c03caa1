package org.impsiwf.ssp.elements.im;

import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** What the answers of clients and other domains say. Pure. */
public final class Answers {

    private Answers() {}

    public static Status status(Primitive answer) {
        return switch (answer) {
            case Status status -> status;
            case SendMessageResponse response -> response.statusInfo();
            case MessageDelivered delivered -> delivered.statusInfo().orElse(Status.of(StatusCode.SUCCESSFUL));
            default -> Status.of(StatusCode.SUCCESSFUL);
        };
    }

    /** Nobody there has seen it, or has said so: the destination is down, not the message wrong. */
    public static boolean isSilence(Status status) {
        return status.statusCode() == StatusCode.SERVICE_UNAVAILABLE.code()
                || status.statusCode() == StatusCode.INVALID_TIMEOUT.code();
    }

    /** The same request may be repeated later (SSP 18). */
    public static boolean mayBeRepeated(Status status) {
        return status.known().map(code -> code.retry() == StatusCode.Retry.MAY).orElse(false);
    }
}
