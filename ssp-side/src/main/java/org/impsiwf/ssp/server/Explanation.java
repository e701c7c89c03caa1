package org.impsiwf.ssp.server;

import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** SSP 18.3: a 4xx answer says what is wrong, and whether it will pass. Pure. */
final class Explanation {

    private static final int CLIENT_ERROR = 4;

    private Explanation() {}

    /** The same answer; a 4xx without a description has one afterwards. */
    static Primitive in(Primitive answer) {
        return switch (answer) {
            case Status status -> in(status);
            case SendMessageResponse response ->
                new SendMessageResponse(in(response.statusInfo()), response.messageId());
            default -> answer;
        };
    }

    private static Status in(Status status) {
        if (status.statusCode() / 100 != CLIENT_ERROR
                || status.statusDescription().isPresent()) {
            return status;
        }
        return new Status(
                status.statusCode(),
                status.known().map(Explanation::of),
                status.detailedResult(),
                status.tryAgainTimeout(),
                status.systemMessageList());
    }

    private static String of(StatusCode code) {
        return code.title() + (code.retry() == StatusCode.Retry.MAY ? " (temporary)" : " (permanent)");
    }
}
