package org.impsiwf.ssp.codec;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;

/** The page of the documentation that shows what each dialect switches, from the dialects themselves. */
final class DialectsPage {

    private static final List<Dialect> DIALECTS = List.of(Dialect.OMA_1_3, Dialect.BARAZA);

    private final StringBuilder page = new StringBuilder();

    private DialectsPage() {}

    static String text() throws ReflectiveOperationException {
        DialectsPage page = new DialectsPage();
        page.page.append("""
                # SSP dialects

                How a peer speaks SSP, chosen per peer by `dialect` in the configuration. `oma-1.3` is the plain reading of the
                semantics; `baraza` is what the one public IMPS server does, as its captured traffic shows. Both read everything
                that either writes. Generated from `Dialect`, whose Javadoc explains each switch; `-Diwf.docs=write` brings it
                up to date.
                """);
        page.table("Set-up", Dialect.class.getMethod("setUp"));
        page.table("In a session", Dialect.class.getMethod("inSession"));
        page.table("Syntax", Dialect.class.getMethod("syntax"));
        return page.page.toString();
    }

    private void table(String title, Method part) throws ReflectiveOperationException {
        page.append("\n## ").append(title).append("\n\n| switch |");
        DIALECTS.forEach(dialect -> page.append(" `").append(dialect.name()).append("` |"));
        page.append("\n|---|").append("---|".repeat(DIALECTS.size())).append('\n');
        for (RecordComponent component : part.getReturnType().getRecordComponents()) {
            page.append("| ").append(component.getName()).append(" |");
            for (Dialect dialect : DIALECTS) {
                Object value = component.getAccessor().invoke(part.invoke(dialect));
                page.append(' ').append(shown(value)).append(" |");
            }
            page.append('\n');
        }
    }

    private static String shown(Object value) {
        return switch (value) {
            case Boolean yes -> yes ? "yes" : "no";
            case Duration duration -> duration.toSeconds() + " s";
            default -> value.toString();
        };
    }
}
