package org.impsiwf.ssp.elements.common;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.ssp.primitives.PresenceSubList.GeoLocation;

/**
 * A place on earth, in degrees: north and east are positive. Pure.
 *
 * @param latitude from -90 to 90
 * @param longitude from -180 to 180
 */
public record Place(BigDecimal latitude, BigDecimal longitude) {

    private static final Pattern DEGREES =
            Pattern.compile("\\s*([NSEW]?)\\s*([+-]?[0-9]{1,3}(?:\\.[0-9]{1,10})?)\\s*([NSEW]?)\\s*");

    /** Decimal degrees with a sign, or with the letter of a direction before or after; absent for anything else. */
    static Optional<Place> of(GeoLocation location) {
        if (!location.qualifier().orElse(true)) {
            return Optional.empty();
        }
        Optional<BigDecimal> latitude = location.latitude().flatMap(text -> degrees(text, "N", "S", 90));
        Optional<BigDecimal> longitude = location.longitude().flatMap(text -> degrees(text, "E", "W", 180));
        return latitude.flatMap(north -> longitude.map(east -> new Place(north, east)));
    }

    private static Optional<BigDecimal> degrees(String text, String positive, String negative, int most) {
        Matcher matcher = DEGREES.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String direction = matcher.group(1) + matcher.group(3);
        boolean known = direction.isEmpty() || direction.equals(positive) || direction.equals(negative);
        BigDecimal value = new BigDecimal(matcher.group(2));
        BigDecimal signed = direction.equals(negative) ? value.negate() : value;
        return Optional.of(signed).filter(degrees -> known && degrees.abs().compareTo(BigDecimal.valueOf(most)) <= 0);
    }

    /** The template with the place written for <code>{latitude}</code> and <code>{longitude}</code>. */
    String in(String template) {
        return template.replace("{latitude}", latitude.toPlainString())
                .replace("{longitude}", longitude.toPlainString());
    }
}
