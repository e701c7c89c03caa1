package org.impsiwf.ssp.primitives;

/** Names an application of a client. */
@Reference(element = "ApplicationID", attribute = "applicationID")
@Missing(450)
public record ApplicationId(String value) implements Entity {
    public ApplicationId {
        Rules.nonEmpty(value, "ApplicationId");
    }

    @Override
    public String toString() {
        return value;
    }
}
