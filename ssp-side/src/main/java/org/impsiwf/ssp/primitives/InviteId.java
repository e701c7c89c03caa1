package org.impsiwf.ssp.primitives;

/** Correlates an invitation with its answers and its cancellation, end to end. */
public record InviteId(String value) {
    public InviteId {
        Rules.nonEmpty(value, "InviteId");
    }

    @Override
    public String toString() {
        return value;
    }
}
