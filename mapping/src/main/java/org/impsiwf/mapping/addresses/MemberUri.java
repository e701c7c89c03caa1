package org.impsiwf.mapping.addresses;

import java.util.Locale;
import java.util.Optional;

/**
 * A member of a group whom others know by its screen name only (SSP 6.3.5), as a SIP URI: that of the conference with a parameter,
 * {@code sip:/name@domain;screen-name=Bob}. What is sent there is for that member alone (RFC 7701 §7.2).
 *
 * @param screenName as the group spells it, decoded
 */
public record MemberUri(Address.Group group, String screenName) {

    private static final String PARAMETER = "screen-name";

    /** Three octets of escape for each of the 1023 that RFC 7701 §8 allows a nickname, and the conference URI. */
    private static final int MAX_LENGTH = 4096 + 1024;

    public MemberUri {
        if (screenName.isEmpty()) {
            throw new IllegalArgumentException("a member without a name");
        }
    }

    /** Escaped as RFC 3261 §25.1 asks of a parameter. */
    public String sipUri() {
        return group.sipUri() + ";" + PARAMETER + "=" + PartCoding.forParameter(screenName);
    }

    /** Reads what {@link #sipUri} writes, whatever stands around it; empty for every other URI, of a group or not. */
    public static Optional<MemberUri> read(String uri) {
        int at = uri.indexOf('@');
        int first = uri.indexOf(';', at + 1);
        if (at < 0 || first < 0 || uri.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            Optional<String> name = screenName(uri.substring(first + 1));
            return name.isPresent() && Address.parse(uri.substring(0, first)) instanceof Address.Group group
                    ? Optional.of(new MemberUri(group, name.get()))
                    : Optional.empty();
        } catch (AddressException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> screenName(String parameters) throws AddressException {
        int headers = parameters.indexOf('?');
        String all = headers < 0 ? parameters : parameters.substring(0, headers);
        for (String parameter : all.split(";", -1)) {
            int equals = parameter.indexOf('=');
            boolean named = equals > 0
                    && PartCoding.decode(parameter.substring(0, equals))
                            .toLowerCase(Locale.ROOT)
                            .equals(PARAMETER);
            if (named) {
                String value = PartCoding.decode(parameter.substring(equals + 1));
                return value.isEmpty() ? Optional.empty() : Optional.of(value);
            }
        }
        return Optional.empty();
    }
}
