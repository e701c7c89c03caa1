package org.impsiwf.ssp.server;

import java.util.Optional;
import org.impsiwf.ssp.transport.TransportCounters;

/** What the connections count, of no peer in particular. */
record HttpCounts(SspCounters counters) implements TransportCounters {

    @Override
    public void connectionAccepted() {
        count(Counted.CONNECTION_ACCEPTED, "");
    }

    @Override
    public void connectionOpened() {
        count(Counted.CONNECTION_OPENED, "");
    }

    @Override
    public void postRefused(int status) {
        count(Counted.POST_REFUSED, String.valueOf(status));
    }

    @Override
    public void posted(int bytes) {
        count(Counted.MESSAGE_SENT, "");
    }

    private void count(Counted what, String detail) {
        counters.count(what, Optional.empty(), detail);
    }
}
