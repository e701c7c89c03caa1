package org.impsiwf.ssp.codec;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.impsiwf.ssp.primitives.Attribute;
import org.impsiwf.ssp.primitives.Element;
import org.impsiwf.ssp.primitives.Reference;

/** How components and types are called on the wire. */
final class Names {

    private Names() {}

    /** {@code groupId} is {@code groupID}, unless the component says otherwise. */
    static String attribute(RecordComponent component) {
        Attribute said = component.getAnnotation(Attribute.class);
        return said == null ? upperId(component.getName()) : said.value();
    }

    /** What the component says; else null. */
    static String element(RecordComponent component) {
        Element said = component.getAnnotation(Element.class);
        return said == null ? null : said.value();
    }

    /** {@code getMap} is {@code GetMap}. */
    static String flag(RecordComponent component) {
        String said = element(component);
        String name = upperId(component.getName());
        return said != null ? said : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    static String element(Class<?> type) {
        Element said = type.getAnnotation(Element.class);
        if (said != null) {
            return said.value();
        }
        Reference reference = type.getAnnotation(Reference.class);
        return reference == null ? type.getSimpleName() : reference.element();
    }

    /** The name of an information element without hyphens and case, to compare. */
    static String plain(String informationElement) {
        return informationElement.replace("-", "").replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static String upperId(String name) {
        return name.endsWith("Id") ? name.substring(0, name.length() - 1) + "D" : name;
    }
}
