package org.impsiwf.ssp.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** SSP 6.4.6: dates in the basic form {@code 20060301T093000Z}; peers write the extended one. UTC where none is said. */
final class Dates {

    private static final DateTimeFormatter BASIC =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter READ_BASIC = withOffset(new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMdd'T'HHmm")
            .optionalStart()
            .appendPattern("ss")
            .optionalEnd());

    private static final DateTimeFormatter READ_EXTENDED =
            withOffset(new DateTimeFormatterBuilder().append(DateTimeFormatter.ISO_LOCAL_DATE_TIME));

    private Dates() {}

    private static DateTimeFormatter withOffset(DateTimeFormatterBuilder local) {
        return local.appendPattern("[XXX][XX]").toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * To the second, which is all that the basic form can say.
     *
     * @throws DateTimeException if it is neither form, or beyond four digits of year
     */
    static Instant read(String text) {
        DateTimeFormatter form = text.indexOf('-') == 4 ? READ_EXTENDED : READ_BASIC;
        TemporalAccessor read = form.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        OffsetDateTime date = switch (read) {
            case OffsetDateTime withOffset -> withOffset.withOffsetSameInstant(ZoneOffset.UTC);
            case LocalDateTime local -> local.atOffset(ZoneOffset.UTC);
            default -> throw new DateTimeException("no date");
        };
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new DateTimeException("year out of range");
        }
        return date.toInstant().truncatedTo(ChronoUnit.SECONDS);
    }

    static String write(Instant date, Dialect.DateForm form) {
        Instant seconds = date.truncatedTo(ChronoUnit.SECONDS);
        return switch (form) {
            case BASIC -> BASIC.format(seconds) + "Z";
            case EXTENDED -> seconds.toString();
        };
    }
}
