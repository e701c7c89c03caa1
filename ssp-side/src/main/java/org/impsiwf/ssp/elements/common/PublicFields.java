package org.impsiwf.ssp.elements.common;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.StatusCode;

/** What one user has filled in of the public profile. Pure. */
public record PublicFields(Map<PublicField, String> values) {

    public static final PublicFields NONE = new PublicFields(Map.of());

    public PublicFields {
        values = Map.copyOf(values);
    }

    public Optional<String> get(PublicField field) {
        return Optional.ofNullable(values.get(field));
    }

    public OptionalInt age() {
        return get(PublicField.AGE)
                .map(age -> OptionalInt.of(Integer.parseInt(age)))
                .orElse(OptionalInt.empty());
    }

    boolean hasAll(Set<PublicField> mandatory) {
        return values.keySet().containsAll(mandatory);
    }

    /**
     * These fields with the given ones set; an empty value clears its field.
     *
     * @throws Refusal 402 no such field, 441 too many characters, 442 wrong type of value
     */
    PublicFields with(List<Property> properties) {
        Map<PublicField, String> next = new EnumMap<>(PublicField.class);
        next.putAll(values);
        for (Property property : properties) {
            PublicField field = PublicField.of(property.name())
                    .orElseThrow(() -> Refusal.of(StatusCode.BAD_PARAMETER, "no such public profile field"));
            if (property.value().isEmpty()) {
                next.remove(field);
            } else {
                next.put(field, checked(field, property.value()));
            }
        }
        return new PublicFields(next);
    }

    /**
     * These fields with that one set.
     *
     * @throws Refusal 441 too many characters, 442 wrong type of value
     */
    public PublicFields with(PublicField field, String value) {
        return with(List.of(new Property(field.wireName(), value)));
    }

    private static String checked(PublicField field, String value) {
        if (field.isTooLong(value)) {
            throw Refusal.of(
                    StatusCode.NUMBER_OF_CHARACTERS_EXCEEDS_THE_MAXIMUM_NUMBER_OF_CHARACTERS, field.wireName());
        }
        if (!field.isOfType(value)) {
            throw Refusal.of(StatusCode.WRONG_VALUE_TYPE, field.wireName());
        }
        return value;
    }

    /** In the order of the fields' names. */
    List<Property> properties() {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new Property(entry.getKey().wireName(), entry.getValue()))
                .toList();
    }
}
