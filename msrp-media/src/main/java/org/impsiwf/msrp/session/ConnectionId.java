package org.impsiwf.msrp.session;

/** Names a connection inside one endpoint. */
public record ConnectionId(long value) {
    @Override
    public String toString() {
        return "c" + value;
    }
}
