package org.impsiwf.ssp.primitives;

/** Names a search that can be continued or stopped. */
public record SearchId(String value) {
    public SearchId {
        Rules.nonEmpty(value, "SearchId");
    }

    @Override
    public String toString() {
        return value;
    }
}
