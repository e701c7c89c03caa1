package org.impsiwf.ssp.routing;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;

/** The Meta-Information of any primitive (SSP 8.1). */
public final class MetaInformations {

    private static final String COMPONENT = "metaInformation";

    private MetaInformations() {}

    /** Absent when the primitive has none. */
    public static Optional<MetaInformation> of(Primitive primitive) {
        Optional<Object> value = Rewriting.component((Record) primitive, COMPONENT);
        return value.flatMap(held -> held instanceof Optional<?> optional ? optional : Optional.of(held))
                .map(MetaInformation.class::cast);
    }

    /** The same primitive, asked by somebody else; unchanged when it does not say who asks. */
    @SuppressWarnings("unchecked") // a rewritten record is of its own class
    public static <P extends Primitive> P withMetaInformation(P primitive, MetaInformation meta) {
        Optional<Object> held = Rewriting.component((Record) primitive, COMPONENT);
        return held.isEmpty()
                ? primitive
                : (P) Rewriting.replacing(
                        (Record) primitive,
                        Map.of(COMPONENT, held.get() instanceof Optional<?> ? Optional.of(meta) : meta));
    }
}
