package org.impsiwf.sip.stack;

import gov.nist.javax.sip.header.Event;
import gov.nist.javax.sip.header.SubscriptionState;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;

/**
 * Fields that JAIN-SIP wants in requests of methods that we do not serve. Which method it is comes first (RFC 3261 §8.2.1): a
 * NOTIFY of the old kind, without Subscription-State, gets the same 481 as any other, and a PUBLISH its 405, not 400.
 */
final class MethodFields {

    private static final String NONE = "none";

    private MethodFields() {}

    /** Puts in what is missing; nobody reads it, and no response repeats it. */
    static void complete(SIPRequest request) throws ParseException {
        switch (request.getMethod()) {
            case "NOTIFY" -> {
                event(request);
                if (request.getHeader(SubscriptionState.NAME) == null) {
                    var state = new SubscriptionState();
                    state.setState(SubscriptionState.TERMINATED);
                    request.setHeader(state);
                }
            }
            case "PUBLISH" -> event(request);
            default -> {}
        }
    }

    private static void event(SIPRequest request) throws ParseException {
        if (request.getHeader(Event.NAME) == null) {
            var event = new Event();
            event.setEventType(NONE);
            request.setHeader(event);
        }
    }
}
