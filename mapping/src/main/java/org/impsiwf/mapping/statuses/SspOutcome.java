package org.impsiwf.mapping.statuses;

import java.util.Set;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;

/** What became of a request of ours to one peer about one entity, as one SSP status code. */
public final class SspOutcome {

    /** Codes that say that our own side of the exchange was wrong. */
    private static final Set<Integer> OUR_MISTAKES = Set.of(400, 402, 420, 422, 429, 442, 450, 451);

    private SspOutcome() {}

    /** 200, the code of the refusal, or 1xx while the final answer is to come; 500 for an answer that does not fit. */
    public static int code(Primitive response) {
        return switch (response) {
            case Status status -> code(status);
            case SendMessageResponse r -> code(r.statusInfo());
            case JoinGroupResponse r -> code(r.statusInfo());
            case GetJoinedMemberResponse r -> code(r.statusInfo());
            // A leaving that was understood is one, whatever else the indication lacks.
            case LeaveGroupIndication r -> r.statusInfo().map(SspOutcome::code).orElse(200);
            default -> 500;
        };
    }

    /** A single recipient has no partial success: its own result counts (SSP 18.2.2, 18.8.1). */
    private static int code(Status status) {
        boolean summary = status.statusCode() == 201 || status.statusCode() == 900;
        if (summary && !status.detailedResult().isEmpty()) {
            return status.detailedResult().getFirst().code();
        }
        return status.isSuccess() ? 200 : status.statusCode();
    }

    public static int code(SspEvent.Cause cause) {
        return switch (cause) {
            case NO_SESSION -> 503;
            case NO_ANSWER -> 504;
            case OVERLOAD -> 507;
        };
    }

    public static boolean isOurMistake(int code) {
        return OUR_MISTAKES.contains(code);
    }
}
