package org.impsiwf.gateway.cluster;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a stored type consists of, as text: {@code Record.component: type}, {@code Sealed = kind}, {@code Enum = constant}. */
final class StoredForms {

    /** Of these a component may be missing in what another release saved. */
    private static final Set<String> MAY_BE_MISSING =
            Set.of("boolean", "int", "long", "double", "Optional", "OptionalInt", "OptionalLong", "List", "Set", "Map");

    private final Map<String, String> lines = new TreeMap<>();
    private final Set<Class<?>> seen =
            new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));

    static StoredForms of(Map<String, Class<?>> stores) {
        var forms = new StoredForms();
        stores.forEach((name, type) -> {
            forms.lines.put("store " + name, name(type));
            forms.describe(type);
        });
        return forms;
    }

    static StoredForms parse(List<String> text) {
        var forms = new StoredForms();
        text.forEach(line -> {
            int colon = line.indexOf(": ");
            forms.lines.put(line.substring(0, colon), line.substring(colon + 2));
        });
        return forms;
    }

    List<String> text() {
        return lines.entrySet().stream()
                .map(line -> line.getKey() + ": " + line.getValue())
                .toList();
    }

    /** What a node with these forms and one with the older ones could not read of each other; empty if they work together. */
    List<String> contradictions(StoredForms older) {
        List<String> found = older.lines.entrySet().stream()
                .filter(line -> !line.getValue().equals(lines.get(line.getKey())))
                .map(line -> line.getKey() + ": was " + line.getValue() + ", is "
                        + Optional.ofNullable(lines.get(line.getKey())).orElse("gone"))
                .collect(Collectors.toList());
        lines.forEach((what, form) -> {
            if (!older.lines.containsKey(what) && older.knows(owner(what)) && !mayBeNew(what, form)) {
                found.add(what + ": " + form + " is new, and the other release cannot read or has not written it");
            }
        });
        return found;
    }

    private static boolean mayBeNew(String what, String form) {
        boolean component = what.contains(".");
        return component && MAY_BE_MISSING.contains(form.replaceAll("<.*", ""));
    }

    private boolean knows(String type) {
        return lines.keySet().stream().anyMatch(what -> owner(what).equals(type));
    }

    private static String owner(String what) {
        return what.split("[ .]", 2)[0];
    }

    private void describe(Type type) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::describe);
        } else if (type instanceof Class<?> plain && (plain.isRecord() || plain.isSealed() || plain.isEnum())) {
            if (seen.add(plain)) {
                describeOnce(plain);
            }
        }
    }

    private void describeOnce(Class<?> type) {
        if (type.isRecord()) {
            lines.put(name(type) + " record", "");
            for (RecordComponent component : type.getRecordComponents()) {
                lines.put(name(type) + "." + component.getName(), name(component.getGenericType()));
                describe(component.getGenericType());
            }
        } else if (type.isEnum()) {
            Arrays.stream(type.getEnumConstants()).forEach(constant -> lines.put(name(type) + " = " + constant, ""));
        } else {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                lines.put(name(type) + " = " + permitted.getSimpleName(), "");
                describe(permitted);
            }
        }
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            return name(generic.getRawType())
                    + Arrays.stream(generic.getActualTypeArguments())
                            .map(StoredForms::name)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        Class<?> plain = (Class<?>) type;
        boolean ours = plain.getName().startsWith("org.impsiwf.");
        // Packages are not written, outer types are: two records of one name are told apart by them.
        return ours ? plain.getName().substring(plain.getPackageName().length() + 1) : plain.getSimpleName();
    }
}
