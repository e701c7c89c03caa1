package org.impsiwf.ssp.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.ssp.primitives.Conditional;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.Mandatory;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive.LoginResponse;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Makes primitives from their components: mandatory elements only, with chosen ones, with all. */
public final class Samples {

    private static final ServiceId SERVICE = new ServiceId("wv:@a.example");
    private static final SessionId SESSION = new SessionId("42@b.example");
    private static final UserId ANN = new UserId("wv:ann@a.example");

    /** A primitive and the conditional elements that it has. */
    record Variant(String name, Primitive primitive, Set<String> conditionals) {
        @Override
        public String toString() {
            return primitive.getClass().getSimpleName() + (name.isEmpty() ? "" : "." + name);
        }
    }

    private static final Map<Class<? extends Primitive>, List<Variant>> VARIANTS = new ConcurrentHashMap<>();

    private Samples() {}

    /** With each conditional element at least once, and without, each as small as the rules allow. */
    static List<Variant> variants(Class<? extends Primitive> type) {
        return VARIANTS.computeIfAbsent(type, Samples::findVariants);
    }

    private static List<Variant> findVariants(Class<? extends Primitive> type) {
        Map<Primitive, Variant> found = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Object>> control : controls(type).entrySet()) {
            List<Set<String>> subsets = subsets(conditionals(type));
            Optional<Set<String>> base = subsets.stream()
                    .filter(subset -> build(type, subset, control.getValue()).isPresent())
                    .findFirst();
            if (base.isEmpty()) {
                continue;
            }
            add(found, type, control, base.get(), "");
            for (String component : conditionals(type)) {
                subsets.stream()
                        .filter(subset -> subset.contains(component))
                        .filter(subset ->
                                build(type, subset, control.getValue()).isPresent())
                        .findFirst()
                        .ifPresent(subset -> add(found, type, control, subset, component));
            }
        }
        return List.copyOf(found.values());
    }

    private static void add(
            Map<Primitive, Variant> found,
            Class<? extends Primitive> type,
            Map.Entry<String, Map<String, Object>> control,
            Set<String> subset,
            String component) {
        Primitive primitive = build(type, subset, control.getValue()).orElseThrow();
        String dot = control.getKey().isEmpty() || component.isEmpty() ? "" : ".";
        found.putIfAbsent(primitive, new Variant(control.getKey() + dot + component, primitive, subset));
    }

    /** The first variant with every optional element. */
    public static Primitive full(Class<? extends Primitive> type) {
        Variant base = variants(type).getFirst();
        Set<String> present = new TreeSet<>(base.conditionals());
        for (RecordComponent component : type.getRecordComponents()) {
            if (!component.isAnnotationPresent(Conditional.class)) {
                present.add(component.getName());
            }
        }
        Map<String, Object> control = controls(type).values().iterator().next();
        return build(type, present, control, true).orElseThrow();
    }

    /** The first variant with this optional element. */
    static Primitive with(Class<? extends Primitive> type, String optional) {
        Set<String> present = new TreeSet<>(variants(type).getFirst().conditionals());
        present.add(optional);
        return build(type, present, controls(type).values().iterator().next()).orElseThrow();
    }

    static List<String> optionals(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(Conditional.class))
                .filter(component -> SlotType.of(component).cardinality() != Slot.Cardinality.ONE)
                .map(RecordComponent::getName)
                .toList();
    }

    private static List<String> conditionals(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Conditional.class))
                .map(RecordComponent::getName)
                .toList();
    }

    /** The elements on whose values the presence of others depends. */
    private static Map<String, Map<String, Object>> controls(Class<?> type) {
        Map<String, Map<String, Object>> controls = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == InviteType.class) {
                for (InviteType invite : InviteType.values()) {
                    controls.put(invite.name(), Map.of(component.getName(), invite));
                }
            } else if (component.getName().equals("defaultList") && component.getType() == boolean.class) {
                controls.put("ofSome", Map.of(component.getName(), false));
                controls.put("ofAll", Map.of(component.getName(), true));
            } else if (type == SendMessageRequest.class && component.getType() == MessageInfo.class) {
                controls.put("", Map.of());
                controls.put("byReference", Map.of(component.getName(), referring()));
            } else if (type == LoginResponse.class && component.getType() == Status.class) {
                controls.put("success", Map.of("sessionId", SESSION));
                controls.put("failure", Map.of(component.getName(), Status.of(StatusCode.INVALID_SERVER_PASSWORD)));
            }
        }
        return controls.isEmpty() ? Map.of("", Map.of()) : controls;
    }

    private static MessageInfo referring() {
        MessageInfo info = (MessageInfo) record(MessageInfo.class, false);
        return new MessageInfo(
                info.messageId(),
                Optional.of("http://a.example/m/1"),
                info.contentType(),
                info.contentName(),
                info.contentSize(),
                info.validity(),
                info.recipients(),
                info.sender(),
                info.dateTime());
    }

    /** From small to large. */
    private static List<Set<String>> subsets(List<String> names) {
        List<Set<String>> subsets = new ArrayList<>();
        for (int bits = 0; bits < 1 << names.size(); bits++) {
            Set<String> subset = new TreeSet<>();
            for (int i = 0; i < names.size(); i++) {
                if ((bits & (1 << i)) != 0) {
                    subset.add(names.get(i));
                }
            }
            subsets.add(subset);
        }
        subsets.sort((one, other) -> Integer.compare(one.size(), other.size()));
        return subsets;
    }

    private static Optional<Primitive> build(
            Class<? extends Primitive> type, Set<String> present, Map<String, Object> control) {
        return build(type, present, control, false);
    }

    private static Optional<Primitive> build(
            Class<? extends Primitive> type, Set<String> present, Map<String, Object> control, boolean full) {
        try {
            return Optional.of(type.cast(construct(type, present, control, full)));
        } catch (InvalidPrimitiveException e) {
            return Optional.empty();
        }
    }

    private static Object record(Class<?> type, boolean full) {
        if (type == MetaInformation.class) {
            return full ? MetaInformation.ofUser(SERVICE, ANN) : MetaInformation.ofServer(SERVICE);
        }
        Set<String> present = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean unwanted = Set.of("messageUri", "contactListId").contains(component.getName());
            if ((full || component.getName().equals("userId")) && !unwanted) {
                present.add(component.getName());
            }
        }
        return construct(type, present, Map.of(), full);
    }

    private static Object construct(Class<?> type, Set<String> present, Map<String, Object> control, boolean full) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = control.containsKey(components[i].getName())
                    ? wrapped(components[i], control.get(components[i].getName()))
                    : value(components[i], present.contains(components[i].getName()), full);
        }
        return Handles.construct(Handles.constructor(type), values);
    }

    private static Object wrapped(RecordComponent component, Object value) {
        return component.getType() == Optional.class ? Optional.of(value) : value;
    }

    private static Object value(RecordComponent component, boolean present, boolean full) {
        Class<?> type = SlotType.of(component).type();
        if (component.getGenericType() instanceof ParameterizedType) {
            if (component.getType() == Optional.class) {
                return present ? Optional.of(one(type, component.getName(), full)) : Optional.empty();
            }
            Mandatory mandatory = component.getAnnotation(Mandatory.class);
            boolean wanted = present || (mandatory != null && !mandatory.mayBeEmpty());
            return wanted ? several(type, component.getName(), full) : List.of();
        }
        return one(type, component.getName(), full);
    }

    private static List<Object> several(Class<?> type, String name, boolean full) {
        if (type.isSealed()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .map(option -> one(option, name, full))
                    .toList();
        }
        return type.isEnum() && full ? Arrays.asList(type.getEnumConstants()) : List.of(one(type, name, full));
    }

    private static Object one(Class<?> type, String name, boolean full) {
        if (type.isSealed()) {
            return one(type.getPermittedSubclasses()[0], name, full);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return switch (type.getSimpleName()) {
            case "String" -> name.equals("protocol") ? "WV-SSP" : name.equals("protocolVersion") ? "1.3" : text(name);
            case "int" -> name.toLowerCase(Locale.ROOT).endsWith("code") ? 531 : 5;
            case "long", "Long" -> 5L;
            case "boolean", "Boolean" -> true;
            case "BigDecimal" -> new BigDecimal("0.5");
            case "Duration" -> Duration.ofMinutes(10);
            case "Instant" -> Instant.parse("2006-03-01T09:30:00Z");
            case "Octets" -> Octets.utf8("Hello");
            case "Status" -> Status.of(StatusCode.SUCCESSFUL);
            case "ServiceId" -> SERVICE;
            case "UserId" -> new UserId("wv:bob@b.example");
            case "GroupId" -> new GroupId("wv:team@b.example");
            case "ContactListId" -> new ContactListId("wv:bob/friends@b.example");
            case "SessionId" -> SESSION;
            default ->
                Scalars.isIdentifier(type)
                        ? Handles.construct(Handles.constructor(type), new Object[] {name + "-1"})
                        : record(type, full);
        };
    }

    private static String text(String name) {
        return "some " + name;
    }
}
