package org.impsiwf.ssp.elements.common;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.profile.ProfileKey;
import org.impsiwf.ssp.primitives.NotificationType;

/** The services that have events to notify of; each may have a provider of its own (SSP 13.1.1). Pure. */
public enum NotifiedService {
    COMMON(ProfileKey.COMMON_PSE),
    IM(ProfileKey.IM_PSE),
    PRESENCE(ProfileKey.PRESENCE_PSE),
    GROUP(ProfileKey.GROUP_PSE);

    private final ProfileKey provider;

    NotifiedService(ProfileKey provider) {
        this.provider = provider;
    }

    /** Under which key a user's profile names the domain that provides the service. */
    ProfileKey provider() {
        return provider;
    }

    static NotifiedService of(NotificationType type) {
        return switch (type) {
            case AC, ANC, AND, ANU, ATCL, CLCR, CLC, CLD -> PRESENCE;
            case BLC, BLUC, GLC, GLUC -> IM;
            case GC, GD, GR, GMAU, GMG, GMR, GMU -> GROUP;
            case IA, IR, IC, OEU, PPU, SPA -> COMMON;
        };
    }

    Set<NotificationType> types() {
        return Arrays.stream(NotificationType.values())
                .filter(type -> of(type) == this)
                .collect(Collectors.toUnmodifiableSet());
    }
}
