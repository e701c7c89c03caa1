package org.impsiwf.ssp.primitives;

/** A shared content, by its URL. */
@Reference(element = "ContentID", attribute = "url")
public record ContentId(String value) {
    public ContentId {
        Rules.nonEmpty(value, "ContentId");
    }

    @Override
    public String toString() {
        return value;
    }
}
