package org.impsiwf.ssp.primitives;

/** SSP 6.2: names a transaction among those of one originator; its answer repeats it. */
@Missing(420)
public record TransactionId(String value) {
    public TransactionId {
        Rules.nonEmpty(value, "TransactionId");
    }

    @Override
    public String toString() {
        return value;
    }
}
