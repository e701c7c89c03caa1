package org.impsiwf.store.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** One of several records: the object's first field, {@value #TAG}, is the record's simple name. */
final class SealedShape implements Shape {

    static final String TAG = "@";

    private final Class<?> type;
    private final Map<String, RecordShape> byTag = new HashMap<>();

    SealedShape(Class<?> type) {
        this.type = type;
    }

    void describe(Function<Class<?>, RecordShape> shapes) {
        permit(type, shapes);
    }

    private void permit(Class<?> permitted, Function<Class<?>, RecordShape> shapes) {
        if (permitted.isSealed()) {
            for (Class<?> further : permitted.getPermittedSubclasses()) {
                permit(further, shapes);
            }
        } else if (!permitted.isRecord()) {
            throw new IllegalStateException(permitted.getName() + " is permitted by " + type.getSimpleName()
                    + " and is neither a record nor sealed");
        } else if (byTag.put(permitted.getSimpleName(), shapes.apply(permitted)) != null) {
            throw new IllegalStateException(
                    type.getSimpleName() + " permits two records called " + permitted.getSimpleName());
        }
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        String tag = value.getClass().getSimpleName();
        out.writeStartObject();
        out.writeStringField(TAG, tag);
        byTag.get(tag).writeComponents(out, value);
        out.writeEndObject();
    }

    @Override
    public Object read(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT
                || !TAG.equals(in.nextFieldName())
                || in.nextToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableRecordException(": a " + type.getSimpleName() + " is expected to start with its name");
        }
        RecordShape shape = byTag.get(in.getText());
        if (shape == null) {
            throw new UnreadableRecordException(": no " + type.getSimpleName() + " is called " + in.getText());
        }
        in.nextToken();
        return shape.readComponents(in);
    }
}
