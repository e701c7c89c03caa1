package org.impsiwf.store.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How the values of one Java type are written and read. */
interface Shape {

    /** What a component of this type is when the saved record does not have it; null when it must be there. */
    default Object whenMissing() {
        return null;
    }

    /** Whether the value is what {@link #whenMissing} gives, so that it need not be written. */
    default boolean isEmpty(Object value) {
        return false;
    }

    void write(JsonGenerator out, Object value) throws IOException;

    /** @param in stands on the first token of the value, and on its last one afterwards */
    Object read(JsonParser in) throws IOException;
}
