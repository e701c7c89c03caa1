package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.MessageExt;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import javax.sip.SipException;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/** Where a request goes was decided before JAIN-SIP sees it; it travels with the request. */
record ChosenHop(org.impsiwf.sip.resolve.Hop hop) implements Hop {

    /** Tells JAIN-SIP what was chosen. */
    static final class AsRouter implements Router {

        @Override
        public Hop getNextHop(Request request) throws SipException {
            if (((MessageExt) request).getApplicationData() instanceof ChosenHop chosen) {
                return chosen;
            }
            throw new SipException("no hop was chosen for this request");
        }

        @Override
        public Hop getOutboundProxy() {
            return null;
        }

        @Override
        @SuppressWarnings({"rawtypes", "deprecation"}) // as JAIN-SIP has it
        public ListIterator getNextHops(Request request) {
            return ((MessageExt) request).getApplicationData() instanceof ChosenHop chosen
                    ? List.<Hop>of(chosen).listIterator()
                    : List.<Hop>of().listIterator();
        }
    }

    @Override
    public String getHost() {
        return hop.host();
    }

    @Override
    public int getPort() {
        return hop.port();
    }

    @Override
    public String getTransport() {
        return hop.transport().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return hop.toString();
    }
}
