package org.impsiwf.ssp.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * SSP 6.4.6: dates in the basic form {@code 20060301T093000Z}; peers write the extended one. UTC where none is said. By
 * hand, because every message has one and the formatters of the JDK cost as much as the rest of the message.
 */
final class Dates {

    private static final int LATEST_YEAR = 9999;

    private Dates() {}

    /**
     * To the second, which is all that the basic form can say.
     *
     * @throws DateTimeException if it is neither form, or beyond four digits of year
     */
    static Instant read(String text) {
        Cursor at = new Cursor(text);
        int year = at.digits(4);
        boolean extended = at.skip('-');
        int month = at.digits(2);
        at.require(!extended || at.skip('-'));
        int day = at.digits(2);
        at.require(at.skip('T'));
        int hour = at.digits(2);
        at.require(!extended || at.skip(':'));
        int minute = at.digits(2);
        int second = extended ? (at.skip(':') ? at.digits(2) : 0) : (at.isDigit() ? at.digits(2) : 0);
        if (at.skip('.')) {
            at.skipDigits();
        }
        ZoneOffset zone = at.zone();
        at.require(at.isAtEnd());
        OffsetDateTime date = LocalDateTime.of(year, month, day, hour, minute, second)
                .atOffset(zone)
                .withOffsetSameInstant(ZoneOffset.UTC);
        at.require(date.getYear() >= 1 && date.getYear() <= LATEST_YEAR);
        return date.toInstant();
    }

    static String write(Instant date, Dialect.DateForm form) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(date.getEpochSecond(), 0, ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > LATEST_YEAR) {
            throw new IllegalStateException("no date of SSP: " + date);
        }
        boolean extended = form == Dialect.DateForm.EXTENDED;
        StringBuilder text = new StringBuilder(20);
        text.append((char) ('0' + utc.getYear() / 1000)).append((char) ('0' + utc.getYear() / 100 % 10));
        two(text, utc.getYear() % 100, extended ? "-" : "");
        two(text, utc.getMonthValue(), extended ? "-" : "");
        two(text, utc.getDayOfMonth(), "T");
        two(text, utc.getHour(), extended ? ":" : "");
        two(text, utc.getMinute(), extended ? ":" : "");
        two(text, utc.getSecond(), "Z");
        return text.toString();
    }

    private static void two(StringBuilder text, int number, String then) {
        text.append((char) ('0' + number / 10))
                .append((char) ('0' + number % 10))
                .append(then);
    }

    /** Goes through the text once. */
    private static final class Cursor {
        private final String text;
        private int next;

        Cursor(String text) {
            this.text = text;
        }

        void require(boolean holds) {
            if (!holds) {
                throw new DateTimeException("no date");
            }
        }

        boolean isAtEnd() {
            return next == text.length();
        }

        boolean isDigit() {
            return !isAtEnd() && text.charAt(next) >= '0' && text.charAt(next) <= '9';
        }

        boolean skip(char expected) {
            boolean there = !isAtEnd() && text.charAt(next) == expected;
            next += there ? 1 : 0;
            return there;
        }

        void skipDigits() {
            require(isDigit());
            while (isDigit()) {
                next++;
            }
        }

        int digits(int count) {
            int number = 0;
            for (int i = 0; i < count; i++) {
                require(isDigit());
                number = number * 10 + text.charAt(next++) - '0';
            }
            return number;
        }

        ZoneOffset zone() {
            if (isAtEnd() || skip('Z')) {
                return ZoneOffset.UTC;
            }
            boolean west = skip('-');
            require(west || skip('+'));
            int hours = digits(2);
            skip(':');
            int minutes = digits(2);
            return ZoneOffset.ofHoursMinutes(west ? -hours : hours, west ? -minutes : minutes);
        }
    }
}
