package org.impsiwf.ssp.codec;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.primitives.Added;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Conditional;
import org.impsiwf.ssp.primitives.From;
import org.impsiwf.ssp.primitives.Mandatory;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Section;
import org.impsiwf.ssp.primitives.Use;

/** The page of the documentation that lists every primitive with its elements, from the records. */
final class PrimitivesPage {

    private final StringBuilder page = new StringBuilder();

    private PrimitivesPage() {}

    static String text() {
        PrimitivesPage page = new PrimitivesPage();
        page.page.append("""
                # The primitives of SSP 1.3

                Generated from the records in `org.impsiwf.ssp.primitives`; a test fails when this page is stale
                (`mvn -pl ssp-side -am test -Diwf.docs=write` writes it anew). *Where* is the place on the wire below the
                element of the primitive. M is mandatory, O optional, C conditional; *missing* is the status code that a request
                without the element is answered with. Session-ID and Transaction-ID travel in the envelope.
                """);
        page.structure("Meta-Information", MetaInformation.class);
        Set<Class<?>> chapters = new LinkedHashSet<>(List.of(Primitive.class.getPermittedSubclasses()));
        for (Class<?> chapter : chapters) {
            page.chapter(chapter);
        }
        return page.page.toString();
    }

    private void chapter(Class<?> chapter) {
        if (chapter.isRecord()) {
            structure(chapter.getSimpleName(), chapter);
            return;
        }
        page.append("\n## ").append(chapter.getSimpleName()).append('\n');
        for (Class<? extends Primitive> primitive : Catalogue.primitives()) {
            if (chapter.isAssignableFrom(primitive)) {
                primitive(primitive);
            }
        }
    }

    private void primitive(Class<? extends Primitive> type) {
        page.append("\n### ").append(type.getSimpleName()).append("\n\n");
        String element = Names.element(type);
        page.append("Section ")
                .append(type.getAnnotation(Section.class).value())
                .append("; ")
                .append(words(type.getAnnotation(Use.class).value()))
                .append(", sent by the ")
                .append(words(type.getAnnotation(From.class).value()));
        if (!element.equals(type.getSimpleName())) {
            page.append("; on the wire `").append(element).append('`');
        }
        page.append(".\n");
        table(type);
    }

    private void structure(String name, Class<?> type) {
        page.append("\n## ").append(name).append("\n\nSection ");
        page.append(type.getAnnotation(Section.class).value()).append("; element `");
        page.append(Names.element(type)).append("`.\n");
        table(type);
    }

    private void table(Class<?> type) {
        List<Slot> slots = Shapes.all().stream()
                .filter(shape -> shape.type() == type)
                .findFirst()
                .orElseThrow()
                .slots();
        if (slots.isEmpty()) {
            page.append("\nNo elements of its own.\n");
            return;
        }
        page.append("\n| element | | type | where | missing | remark |\n|---|---|---|---|---|---|\n");
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            row(components[i], slots.get(i));
        }
    }

    private void row(RecordComponent component, Slot slot) {
        String requirement = requirement(component, slot);
        page.append("| ").append(component.getName());
        page.append(" | ").append(requirement);
        page.append(" | ").append(typeName(slot.type()));
        page.append(slot.cardinality() == Slot.Cardinality.LIST ? ", several" : "");
        page.append(" | `").append(slot.wirePath().isEmpty() ? "the element of its type" : slot.wirePath());
        page.append("` | ").append(requirement.equals("M") && !slot.keepsEmptyParent() ? slot.missing() : "");
        page.append(" | ").append(remark(component)).append(" |\n");
    }

    /** SSP 6.4.2 calls it Integer; it has 32 bits without sign, so a long holds it. */
    private static String typeName(Class<?> type) {
        return type == Long.class || type == long.class ? "Integer" : type.getSimpleName();
    }

    private static String requirement(RecordComponent component, Slot slot) {
        if (component.isAnnotationPresent(Conditional.class)) {
            return "C";
        }
        boolean plain = slot.cardinality() == Slot.Cardinality.ONE;
        return plain || component.isAnnotationPresent(Mandatory.class) ? "M" : "O";
    }

    private static String remark(RecordComponent component) {
        Conditional conditional = component.getAnnotation(Conditional.class);
        Added added = component.getAnnotation(Added.class);
        if (conditional != null) {
            return conditional.value();
        }
        return added == null ? "" : "not in the table: " + added.value();
    }

    private static String words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(" or "));
    }
}
