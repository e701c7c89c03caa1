package org.impsiwf.ssp.primitives;

/** SSP 6.2: names a session; made by the server that provides it. */
@Missing(620)
public record SessionId(String value) {
    public SessionId {
        Rules.nonEmpty(value, "SessionId");
    }

    @Override
    public String toString() {
        return value;
    }
}
