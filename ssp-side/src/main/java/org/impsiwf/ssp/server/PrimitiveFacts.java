package org.impsiwf.ssp.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.primitives.From;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.PrimitiveUse;
import org.impsiwf.ssp.primitives.Role;
import org.impsiwf.ssp.primitives.Use;

/** What transaction management needs to know of a kind of primitive; read from its record once. */
final class PrimitiveFacts {

    /** Those whose notification form gets no answer; every other request and notification gets one. */
    private static final Set<String> ONE_WAY =
            Set.of("Disconnect", "ServiceList", "UserDisconnect", "LeaveGroupIndication");

    /** What the observed server takes and never answers. */
    private static final Set<String> NOTICES = Set.of(
            "PresenceNotification",
            "GroupChangeNotice",
            "DeliveryStatusReport",
            "LeaveGroupIndication",
            "InviteResponse");

    private static final ClassValue<PrimitiveFacts> FACTS = new ClassValue<>() {
        @Override
        protected PrimitiveFacts computeValue(Class<?> type) {
            return new PrimitiveFacts(type);
        }
    };

    private final String name;
    private final boolean opens;
    private final boolean answers;
    private final boolean fromProvider;
    private final Optional<Method> metaInformation;

    private PrimitiveFacts(Class<?> type) {
        name = type.getSimpleName();
        Use use = type.getAnnotation(Use.class);
        Set<PrimitiveUse> uses = use == null ? Set.of() : Set.of(use.value());
        answers = uses.contains(PrimitiveUse.RESPONSE);
        opens = uses.contains(PrimitiveUse.REQUEST)
                || uses.contains(PrimitiveUse.NOTIFICATION)
                || uses.contains(PrimitiveUse.DEFERRED_RESPONSE)
                || uses.contains(PrimitiveUse.CONFIRMATION);
        From from = type.getAnnotation(From.class);
        fromProvider = from != null && List.of(from.value()).contains(Role.PROVIDER);
        metaInformation = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .filter(component -> component.getName().equals("metaInformation"))
                        .map(RecordComponent::getAccessor)
                        .findFirst()
                : Optional.empty();
    }

    static PrimitiveFacts of(Primitive primitive) {
        return FACTS.get(primitive.getClass());
    }

    String name() {
        return name;
    }

    /** It can begin a transaction, or be a message of one that gets an answer itself. */
    boolean opens() {
        return opens;
    }

    /** It can answer. */
    boolean answers() {
        return answers;
    }

    /** SSP 6.1.4: what can be both has Meta-Information when it asks, and none when it answers. */
    boolean canOnlyAnswer(Primitive primitive) {
        return answers
                && metaInformation.isPresent()
                && metaInformation(primitive).isEmpty();
    }

    /** SSP 6.1.1: who provides the service sends it; else, who requests the service. */
    boolean fromProvider() {
        return fromProvider;
    }

    /** Nothing comes back. */
    boolean oneWay() {
        return ONE_WAY.contains(name);
    }

    boolean notice() {
        return NOTICES.contains(name);
    }

    Optional<MetaInformation> metaInformation(Primitive primitive) {
        if (metaInformation.isEmpty()) {
            return Optional.empty();
        }
        try {
            Object value = metaInformation.get().invoke(primitive);
            return value instanceof Optional<?> optional
                    ? optional.map(MetaInformation.class::cast)
                    : Optional.of((MetaInformation) value);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("accessor of " + name, impossible);
        }
    }

    /** About how many bytes it takes on the wire. */
    static int weight(Primitive primitive) {
        int structure = 1024;
        if (primitive instanceof ImPrimitive.SendMessageRequest message) {
            return structure
                    + message.content()
                            .map(c -> c.data().bytes().length * 4 / 3)
                            .orElse(0);
        }
        return structure;
    }

    /** What later messages of the transaction refer to it by: its Message-ID or Invite-ID. */
    static Optional<String> subject(Primitive primitive) {
        return switch (primitive) {
            case ImPrimitive.SendMessageRequest message ->
                message.messageInfo().messageId().map(id -> "m " + id.value());
            case ImPrimitive.DeliveryStatusReport report ->
                report.messageInfo().messageId().map(id -> "m " + id.value());
            case InvitationPrimitive.InviteRequest invitation ->
                Optional.of("i " + invitation.inviteId().value());
            case InvitationPrimitive.InviteResponse response ->
                Optional.of("i " + response.inviteId().value());
            case InvitationPrimitive.InviteUserRequest invitation ->
                Optional.of("u " + invitation.inviteId().value());
            case InvitationPrimitive.InviteUserResponse response ->
                Optional.of("u " + response.inviteId().value());
            default -> Optional.empty();
        };
    }
}
