package org.impsiwf.gateway.config;

import java.util.function.Function;

/**
 * How a value is written on one line.
 *
 * @param what for people: {@code a duration such as 30s}
 * @param parse gives the value, or throws {@link IllegalArgumentException} whose message, if any, completes "… is wrong:"
 */
record ValueType<T>(String what, Function<String, T> parse) {

    /** @throws IllegalArgumentException saying what was expected; it quotes what was written, so not for secrets */
    T read(String written) {
        try {
            return parse.apply(written);
        } catch (Expected expected) {
            throw expected;
        } catch (RuntimeException wrong) {
            throw new Expected("\"" + shortened(written) + "\" is not " + what, wrong);
        }
    }

    private static String shortened(String written) {
        String oneLine = written.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= 60 ? oneLine : oneLine.substring(0, 57) + "...";
    }

    /** A complaint in full. */
    static final class Expected extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Expected(String message) {
            super(message);
        }

        Expected(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
