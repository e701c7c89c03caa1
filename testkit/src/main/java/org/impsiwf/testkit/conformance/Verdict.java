package org.impsiwf.testkit.conformance;

/** What a check found. */
sealed interface Verdict {

    record Passed(String how) implements Verdict {}

    /** The server said that it does not serve this; nothing is wrong with that. */
    record NotServed(int status) implements Verdict {}

    record Failed(String why) implements Verdict {}

    /** One line. */
    default String text() {
        return switch (this) {
            case Passed(String how) -> "passed      " + how;
            case NotServed(int status) -> "not served  " + status;
            case Failed(String why) -> "FAILED      " + why;
        };
    }
}
