package org.impsiwf.ssp.primitives;

/** Correlates the extension of a conversation with its outcome. */
public record ExtendConversationId(String value) {
    public ExtendConversationId {
        Rules.nonEmpty(value, "ExtendConversationId");
    }

    @Override
    public String toString() {
        return value;
    }
}
