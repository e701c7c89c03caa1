package org.impsiwf.ssp.elements.presence;

import java.util.List;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.ClientInfo;
import org.impsiwf.ssp.primitives.PresenceSubList.CommCap;
import org.impsiwf.ssp.primitives.PresenceSubList.GeoLocation;

/** Presence values for tests. */
public final class Presences {

    private Presences() {}

    /** Where the user is, and nothing else. */
    public static PresenceSubList at(GeoLocation place) {
        return with(PresenceSubList.NONE, List.of(), List.of(place), List.of());
    }

    /** These values with others for clients, locations and capabilities. */
    static PresenceSubList with(
            PresenceSubList of, List<ClientInfo> clients, List<GeoLocation> locations, List<CommCap> capabilities) {
        return new PresenceSubList(
                of.onlineStatus(),
                of.registration(),
                clients,
                of.timeZone(),
                locations,
                of.address(),
                of.freeTextLocation(),
                of.plmn(),
                capabilities,
                of.userAvailability(),
                of.preferredContacts(),
                of.preferredLanguage(),
                of.statusText(),
                of.statusMood(),
                of.alias(),
                of.statusContent(),
                of.contactInfo(),
                of.infoLink());
    }
}
