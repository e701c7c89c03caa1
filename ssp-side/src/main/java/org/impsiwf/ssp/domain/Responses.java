package org.impsiwf.ssp.domain;

import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;

/** What a request is answered with, once it is known what came of it. */
public final class Responses {

    private static final Set<Class<? extends Primitive>> ONE_WAY =
            Set.of(LeaveGroupIndication.class, UserDisconnect.class);

    private Responses() {}

    /** Absent when the transaction is one-way. */
    public static Optional<Primitive> to(Primitive request, Primitive outcome) {
        return isOneWay(request) ? Optional.empty() : Optional.of(asExpected(request, outcome));
    }

    /** Whether nobody waits for an answer. */
    public static boolean isOneWay(Primitive request) {
        return ONE_WAY.contains(request.getClass());
    }

    /** A message that was refused is answered by its own response primitive, as servers do (observed; SSP-115 says Status). */
    private static Primitive asExpected(Primitive request, Primitive outcome) {
        return request instanceof SendMessageRequest && outcome instanceof Status status
                ? new SendMessageResponse(status, Optional.empty())
                : outcome;
    }
}
