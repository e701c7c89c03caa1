package org.impsiwf.ssp.elements;

import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** The request is refused, and this is the Status that says why (SSP 8.4). Carries no stack trace: it is an answer, not a fault. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Status status;

    public Refusal(Status status) {
        super("refused " + status.statusCode(), null, false, false);
        this.status = status;
    }

    public static Refusal of(StatusCode code) {
        return new Refusal(Status.of(code));
    }

    public static Refusal of(StatusCode code, String description) {
        return new Refusal(Status.of(code, description));
    }

    public Status status() {
        return status;
    }
}
