package org.impsiwf.store.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.impsiwf.store.RecordCodec;

/**
 * One JSON object per value. Components come in the order of the record's declaration and are left out when empty, so
 * equal values give equal bytes as far as their sets and maps keep an order.
 */
public final class JsonRecordCodec<V> implements RecordCodec<V> {

    private static final JsonFactory JSON = new JsonFactory();

    private final Class<V> type;
    private final Shape shape;

    /** @throws IllegalStateException naming the component whose type cannot be kept */
    public JsonRecordCodec(Class<V> type) {
        this.type = type;
        this.shape = new Shapes().of(type);
    }

    @Override
    public byte[] encode(V value) {
        var bytes = new ByteArrayOutputStream(256);
        try (var out = JSON.createGenerator(bytes)) {
            shape.write(out, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] encodeOver(V value, byte[] before) {
        return JsonTree.write(JsonTree.carried(
                JsonTree.read(before), JsonTree.read(encode(decode(before))), JsonTree.read(encode(value))));
    }

    @Override
    public V decode(byte[] bytes, Runnable unknown) {
        try (var in = JSON.createParser(bytes)) {
            in.assignCurrentValue(unknown);
            if (in.nextToken() == null) {
                throw new UnreadableRecordException(": empty");
            }
            V value = type.cast(shape.read(in));
            JsonToken rest = in.nextToken();
            if (rest != null) {
                throw new UnreadableRecordException(": more follows the record");
            }
            return value;
        } catch (UnreadableRecordException unreadable) {
            throw unreadable.within(type.getSimpleName());
        } catch (JsonProcessingException malformed) {
            throw new UnreadableRecordException(type.getSimpleName() + ": no JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory failed", impossible);
        }
    }
}
