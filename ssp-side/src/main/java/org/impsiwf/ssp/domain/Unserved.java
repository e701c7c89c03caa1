package org.impsiwf.ssp.domain;

import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.Complementary;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.StatusCode;

/** SSP 8.7, 18.3.6, 18.4.2 (D-15, D-21): how a request for what no element of ours serves is refused. */
final class Unserved {

    private Unserved() {}

    static StatusCode status(ServiceRequest request) {
        Class<? extends Primitive> kind = request.primitive().getClass();
        boolean ofClient = request.peer().isEmpty();
        // CSP has 405 for a client that wants to extend its conversation (CSPX-41).
        return Complementary.begins(kind) || (ofClient && kind == ExtendConversationRequest.class)
                ? StatusCode.SERVICE_NOT_SUPPORTED
                : StatusCode.NOT_IMPLEMENTED;
    }
}
