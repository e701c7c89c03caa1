package org.impsiwf.ssp.primitives;

import java.util.List;
import java.util.Optional;

/**
 * The presence attributes of one user and their values. Element style of CSP; {@code qualifier} says whether the value
 * is valid.
 */
@Namespace("http://www.openmobilealliance.org/DTD/IMPS-PA1.3")
public record PresenceSubList(
        @Element("OnlineStatus") List<ClientFlag> onlineStatus,
        @Element("Registration") List<ClientFlag> registration,
        List<ClientInfo> clientInfo,
        List<TimeZone> timeZone,
        List<GeoLocation> geoLocation,
        List<Address> address,
        @Element("FreeTextLocation") List<TextValue> freeTextLocation,
        @Element("PLMN") List<TextValue> plmn,
        List<CommCap> commCap,
        @Element("UserAvailability") Optional<TextValue> userAvailability,
        Optional<PreferredContacts> preferredContacts,
        @Element("PreferredLanguage") Optional<TextValue> preferredLanguage,
        @Element("StatusText") Optional<TextValue> statusText,
        @Element("StatusMood") Optional<TextValue> statusMood,
        @Element("Alias") Optional<TextValue> alias,
        Optional<StatusContent> statusContent,
        Optional<ContactInfo> contactInfo,
        Optional<InfoLink> infoLink) {

    /** No attribute has a value. */
    public static final PresenceSubList NONE = new PresenceSubList(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public PresenceSubList {
        onlineStatus = List.copyOf(onlineStatus);
        registration = List.copyOf(registration);
        clientInfo = List.copyOf(clientInfo);
        timeZone = List.copyOf(timeZone);
        geoLocation = List.copyOf(geoLocation);
        address = List.copyOf(address);
        freeTextLocation = List.copyOf(freeTextLocation);
        plmn = List.copyOf(plmn);
        commCap = List.copyOf(commCap);
    }

    public PresenceSubList withOnlineStatus(List<ClientFlag> other) {
        return new PresenceSubList(
                other,
                registration,
                clientInfo,
                timeZone,
                geoLocation,
                address,
                freeTextLocation,
                plmn,
                commCap,
                userAvailability,
                preferredContacts,
                preferredLanguage,
                statusText,
                statusMood,
                alias,
                statusContent,
                contactInfo,
                infoLink);
    }

    /** The client that an attribute speaks of. */
    @Element("ClientID")
    public record Client(
            @Element("URL") Optional<String> url,
            @Element("MSISDN") Optional<String> msisdn) {

        public static Client of(String url) {
            return new Client(Optional.of(url), Optional.empty());
        }
    }

    /** A yes or no of one client. */
    public record ClientFlag(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("PresenceValue") Optional<Boolean> value,
            Optional<Client> client) {}

    /** A value that is text. */
    public record TextValue(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("PresenceValue") Optional<String> value,
            Optional<Client> client) {

        public static TextValue of(String value) {
            return new TextValue(Optional.of(true), Optional.of(value), Optional.empty());
        }
    }

    /** What a client is and can. */
    public record ClientInfo(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("ClientContentLimit") Optional<Long> contentLimit,
            @Element("ClientType") Optional<String> type,
            @Element("DevManufacturer") Optional<String> manufacturer,
            @Element("ClientProducer") Optional<String> producer,
            @Element("Model") Optional<String> model,
            @Element("ClientVersion") Optional<String> version,
            @Element("Language") Optional<String> language,
            @Element("ClientIMPriority") Optional<String> imPriority,
            @Element("ApplicationID") Optional<ApplicationId> applicationId,
            Optional<Client> client) {}

    /** Where the clock of the user is. */
    public record TimeZone(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("Zone") Optional<String> zone,
            Optional<Client> client) {}

    /** Where the user is, in degrees; altitude and accuracy in metres. */
    public record GeoLocation(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("Longitude") Optional<String> longitude,
            @Element("Latitude") Optional<String> latitude,
            @Element("Altitude") Optional<String> altitude,
            @Element("Accuracy") Optional<String> accuracy,
            Optional<Client> client) {}

    /** Where the user is, as a place. */
    public record Address(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("Country") Optional<String> country,
            @Element("City") Optional<String> city,
            @Element("Street") Optional<String> street,
            @Element("Crossing1") Optional<String> crossing1,
            @Element("Crossing2") Optional<String> crossing2,
            @Element("Building") Optional<String> building,
            @Element("NamedArea") Optional<String> namedArea,
            Optional<Client> client) {}

    /** The ways to reach the user. */
    public record CommCap(
            @Element("Qualifier") Optional<Boolean> qualifier, List<CommC> capabilities, Optional<Client> client) {
        public CommCap {
            capabilities = List.copyOf(capabilities);
        }
    }

    /** One way; {@code status} is OPEN or CLOSED, not an SSP Status. */
    public record CommC(
            @Element("Cap") Optional<String> capability,
            @Element("Status") Optional<String> status,
            @Element("Contact") Optional<String> contact,
            @Element("Note") Optional<String> note) {}

    /** How the user wants to be reached. */
    public record PreferredContacts(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("AddrPref") List<AddressPreference> preferences) {
        public PreferredContacts {
            preferences = List.copyOf(preferences);
        }
    }

    /** One of the preferred contacts. */
    public record AddressPreference(
            @Element("PrefC") Optional<String> capability,
            @Element("Caddr") Optional<String> address,
            @Element("Cstatus") Optional<String> status,
            @Element("Cname") Optional<String> name,
            @Element("Cpriority") Optional<String> priority) {}

    /** Content that shows the user's status. */
    public record StatusContent(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("DirectContent") Optional<String> directContent,
            @Element("ReferredContent") Optional<String> referredContent,
            @Element("ContentType") Optional<String> contentType) {}

    /** A business card. */
    public record ContactInfo(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("ContainedvCard") Optional<String> containedVcard,
            @Element("ReferredvCard") Optional<String> referredVcard) {}

    /** Links to more about the user. */
    public record InfoLink(
            @Element("Qualifier") Optional<Boolean> qualifier,
            @Element("Inf_link") List<Link> links) {
        public InfoLink {
            links = List.copyOf(links);
        }
    }

    /** One link. */
    public record Link(
            @Element("Link") Optional<String> link,
            @Element("Text") Optional<String> text,
            @Element("ContentType") Optional<String> contentType) {}
}
