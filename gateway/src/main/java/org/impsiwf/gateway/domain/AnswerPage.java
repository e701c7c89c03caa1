package org.impsiwf.gateway.domain;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.gateway.admin.FurtherPages.Page;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;

/** What the domain answered, whatever it was: the HTTP status says only that it was asked. */
final class AnswerPage {

    private AnswerPage() {}

    static Page of(Primitive answer, WireForm wire) {
        Map<String, Object> fields = new LinkedHashMap<>();
        statusOf(answer).ifPresent(status -> {
            fields.put("status", status.statusCode());
            status.statusDescription().ifPresent(text -> fields.put("description", text));
        });
        switch (answer) {
            case SendMessageResponse response ->
                response.messageId().ifPresent(id -> fields.put("message-id", id.value()));
            case JoinGroupResponse response -> fields.put("joined", response.joinedUserScreenNameList());
            default -> fields.put("primitive", answer.getClass().getSimpleName());
        }
        fields.put("xml", wire.write(Mode.RESPONSE, answer));
        return new Page(200, fields);
    }

    static Page mistake(String what) {
        return new Page(400, Map.of("error", what));
    }

    /** Every response has one, under names of its own; one that may leave it out has succeeded then (SSP 8.2). */
    static Optional<Status> statusOf(Primitive answer) {
        if (answer instanceof Status status) {
            return Optional.of(status);
        }
        return Arrays.stream(answer.getClass().getRecordComponents())
                .filter(component -> component.getName().equals("statusInfo"))
                .findFirst()
                .map(component -> value(answer, component))
                .map(value -> value instanceof Optional<?> optional
                        ? optional.map(Status.class::cast).orElseGet(() -> Status.of(200))
                        : (Status) value);
    }

    private static Object value(Primitive answer, RecordComponent component) {
        try {
            return component.getAccessor().invoke(answer);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("accessor of " + component, impossible);
        }
    }
}
