package org.impsiwf.ssp.elements.common;

import java.util.OptionalInt;
import java.util.Set;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * The operator's rules for public profiles (SSP 13.1.2 to 13.1.4).
 *
 * @param mandatory what must be filled in; none for no such rule
 * @param givesOwnFirst whether who looks at others' profiles, or searches by them, must have filled in the mandatory
 *     fields (904)
 * @param mostProfiles how many one request gets; the others are told with 906
 * @param minimumAge child protection: users below it are not found; absent without
 */
public record PublicProfilePolicy(
        Set<PublicField> mandatory, boolean givesOwnFirst, int mostProfiles, OptionalInt minimumAge) {

    public static final PublicProfilePolicy DEFAULT =
            new PublicProfilePolicy(Set.of(PublicField.AGE), true, 100, OptionalInt.empty());

    public PublicProfilePolicy {
        mandatory = Set.copyOf(mandatory);
    }

    /** Whether that profile may be shown and found. */
    boolean isComplete(PublicFields fields) {
        return fields.hasAll(mandatory);
    }

    /**
     * What somebody must have filled in to see what others have.
     *
     * @throws Refusal 904
     */
    void requireOwn(PublicFields own) {
        if (givesOwnFirst && !isComplete(own)) {
            throw Refusal.of(StatusCode.MISSING_MANDATORY_FIELDS_OF_REQUESTING_USER);
        }
    }

    /** Whether child protection hides that user. */
    boolean hides(PublicFields fields) {
        return minimumAge.isPresent()
                && fields.age().isPresent()
                && fields.age().getAsInt() < minimumAge.getAsInt();
    }
}
