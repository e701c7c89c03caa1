package org.impsiwf.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects figures and prints them as a table, every target with whether it was met. */
final class Report {

    private final PrintStream out;
    private final List<String> missed = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    void heading(String title) {
        out.println();
        out.println(title);
    }

    /** A figure that has no target. */
    void figure(String what, double value, String unit) {
        out.printf(Locale.ROOT, "  %-52s %12s %s%n", what, number(value), unit);
    }

    /** A ratio that ought to be at least {@code target}. */
    void atLeast(String what, double ratio, double target) {
        judge(what, ratio, target, ratio >= target, "≥");
    }

    /** A ratio or figure that ought to be at most {@code target}. */
    void atMost(String what, double value, double target) {
        judge(what, value, target, value <= target, "≤");
    }

    void note(String text) {
        out.println("  " + text);
    }

    /** Names of the figures whose target was missed, in order. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    private void judge(String what, double value, double target, boolean met, String relation) {
        out.printf(
                Locale.ROOT,
                "  %-52s %12s target %s %s: %s%n",
                what,
                number(value),
                relation,
                number(target),
                met ? "met" : "MISSED");
        if (!met) {
            missed.add(what);
        }
    }

    private static String number(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
