package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.Client;
import org.impsiwf.ssp.primitives.PresenceSubList.ClientFlag;

/** What can be done with the presence values of a user. Pure. */
public final class PresenceValues {

    /** Of how many clients a value is kept; the oldest goes first. */
    private static final int CLIENTS = 20;

    private PresenceValues() {}

    /** The values of these attributes. */
    public static PresenceSubList only(AttributeSet shown, PresenceSubList of) {
        return new PresenceSubList(
                only(shown, PresenceAttribute.ONLINE_STATUS, of.onlineStatus()),
                only(shown, PresenceAttribute.REGISTRATION, of.registration()),
                only(shown, PresenceAttribute.CLIENT_INFO, of.clientInfo()),
                only(shown, PresenceAttribute.TIME_ZONE, of.timeZone()),
                only(shown, PresenceAttribute.GEO_LOCATION, of.geoLocation()),
                only(shown, PresenceAttribute.ADDRESS, of.address()),
                only(shown, PresenceAttribute.FREE_TEXT_LOCATION, of.freeTextLocation()),
                only(shown, PresenceAttribute.PLMN, of.plmn()),
                only(shown, PresenceAttribute.COMM_CAP, of.commCap()),
                only(shown, PresenceAttribute.USER_AVAILABILITY, of.userAvailability()),
                only(shown, PresenceAttribute.PREFERRED_CONTACTS, of.preferredContacts()),
                only(shown, PresenceAttribute.PREFERRED_LANGUAGE, of.preferredLanguage()),
                only(shown, PresenceAttribute.STATUS_TEXT, of.statusText()),
                only(shown, PresenceAttribute.STATUS_MOOD, of.statusMood()),
                only(shown, PresenceAttribute.ALIAS, of.alias()),
                only(shown, PresenceAttribute.STATUS_CONTENT, of.statusContent()),
                only(shown, PresenceAttribute.CONTACT_INFO, of.contactInfo()),
                only(shown, PresenceAttribute.INFO_LINK, of.infoLink()));
    }

    /**
     * The values after an update: what it leaves out stays (SSP 15.2.6.1.1). Of an attribute that each client has for
     * itself it replaces the value of the client that it names.
     */
    public static PresenceSubList updated(PresenceSubList old, PresenceSubList by) {
        return new PresenceSubList(
                updated(old.onlineStatus(), by.onlineStatus(), ClientFlag::client),
                updated(old.registration(), by.registration(), ClientFlag::client),
                updated(old.clientInfo(), by.clientInfo(), PresenceSubList.ClientInfo::client),
                updated(old.timeZone(), by.timeZone(), PresenceSubList.TimeZone::client),
                updated(old.geoLocation(), by.geoLocation(), PresenceSubList.GeoLocation::client),
                updated(old.address(), by.address(), PresenceSubList.Address::client),
                updated(old.freeTextLocation(), by.freeTextLocation(), PresenceSubList.TextValue::client),
                updated(old.plmn(), by.plmn(), PresenceSubList.TextValue::client),
                updated(old.commCap(), by.commCap(), PresenceSubList.CommCap::client),
                by.userAvailability().or(old::userAvailability),
                by.preferredContacts().or(old::preferredContacts),
                by.preferredLanguage().or(old::preferredLanguage),
                by.statusText().or(old::statusText),
                by.statusMood().or(old::statusMood),
                by.alias().or(old::alias),
                by.statusContent().or(old::statusContent),
                by.contactInfo().or(old::contactInfo),
                by.infoLink().or(old::infoLink));
    }

    /** The values after the user came online, or after the last client of the user went. */
    static PresenceSubList withOnline(PresenceSubList old, boolean isOnline) {
        List<ClientFlag> others = isOnline
                ? old.onlineStatus()
                : old.onlineStatus().stream()
                        .map(one -> new ClientFlag(one.qualifier(), Optional.of(false), one.client()))
                        .toList();
        ClientFlag ofUser = new ClientFlag(Optional.of(true), Optional.of(isOnline), Optional.empty());
        List<ClientFlag> next = updated(others, List.of(ofUser), ClientFlag::client);
        return updated(old, PresenceSubList.NONE.withOnlineStatus(next));
    }

    /** The attributes that have a value. */
    public static AttributeSet attributesOf(PresenceSubList values) {
        return changed(PresenceSubList.NONE, values);
    }

    /** The attributes that have another value than before. */
    static AttributeSet changed(PresenceSubList old, PresenceSubList next) {
        List<PresenceAttribute> changed = new ArrayList<>();
        for (PresenceAttribute attribute : PresenceAttribute.values()) {
            AttributeSet one = AttributeSet.of(attribute);
            if (!only(one, old).equals(only(one, next))) {
                changed.add(attribute);
            }
        }
        return AttributeSet.of(changed);
    }

    private static <T> List<T> only(AttributeSet shown, PresenceAttribute attribute, List<T> values) {
        return shown.contains(attribute) ? values : List.of();
    }

    private static <T> Optional<T> only(AttributeSet shown, PresenceAttribute attribute, Optional<T> value) {
        return shown.contains(attribute) ? value : Optional.empty();
    }

    private static <T> List<T> updated(List<T> old, List<T> by, Function<T, Optional<Client>> client) {
        List<Optional<Client>> named = by.stream().map(client).toList();
        List<T> next = new ArrayList<>(
                old.stream().filter(one -> !named.contains(client.apply(one))).toList());
        next.addAll(by);
        return next.subList(Math.max(0, next.size() - CLIENTS), next.size());
    }
}
