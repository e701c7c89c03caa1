package org.impsiwf.ssp.primitives;

/** Names an instant message; made by the domain that first took it. */
@Reference(element = "MessageID", attribute = "messageID")
public record MessageId(String value) {
    public MessageId {
        Rules.nonEmpty(value, "MessageId");
    }

    @Override
    public String toString() {
        return value;
    }
}
