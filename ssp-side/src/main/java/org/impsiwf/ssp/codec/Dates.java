package org.impsiwf.ssp.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
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
        return local.optionalStart()
                .appendOffset("+HH:mm", "Z")
                .optionalEnd()
                .optionalStart()
                .appendOffset("+HHmm", "Z")
                .optionalEnd()
                .toFormatter(Locale.ROOT);
    }

    /** @throws DateTimeException if it is neither form */
    static Instant read(String text) {
        DateTimeFormatter form = text.indexOf('-') == 4 ? READ_EXTENDED : READ_BASIC;
        TemporalAccessor read = form.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return switch (read) {
            case OffsetDateTime withOffset -> withOffset.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            default -> throw new DateTimeException("no date");
        };
    }

    static String write(Instant date, Dialect.DateForm form) {
        Instant seconds = date.truncatedTo(ChronoUnit.SECONDS);
        return switch (form) {
            case BASIC -> BASIC.format(seconds) + "Z";
            case EXTENDED -> seconds.toString();
        };
    }
}
