package org.impsiwf.gateway.trace;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Draws messages between participants as text: a column per participant in the order of appearance, an arrow per message,
 * the time in UTC on the left.
 */
public final class Ladder {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final String MARGIN = " ".repeat(14);
    private static final int NARROWEST = 18;
    private static final int WIDEST = 46;
    private static final int ARROW_ENDS = 6;

    private final List<String> participants;
    private final int width;

    private Ladder(List<String> participants, int width) {
        this.participants = participants;
        this.width = width;
    }

    /** Ends with a line break; empty for no entries. */
    public static String of(List<TraceEntry> entries) {
        return of(List.of(), entries);
    }

    /** @param first participants whose columns come first, in this order, whether they appear or not */
    public static String of(List<String> first, List<TraceEntry> entries) {
        var participants = new LinkedHashSet<>(first);
        int longest = 0;
        for (TraceEntry entry : entries) {
            participants.add(entry.from());
            participants.add(entry.to());
            longest = Math.max(longest, entry.text().length());
        }
        if (participants.isEmpty()) {
            return "";
        }
        int width = Math.clamp(longest + ARROW_ENDS, NARROWEST, WIDEST);
        return new Ladder(new ArrayList<>(participants), width).draw(entries);
    }

    private String draw(List<TraceEntry> entries) {
        var out = new StringBuilder();
        line(out, MARGIN, heads());
        line(out, MARGIN, rails());
        for (TraceEntry entry : entries) {
            String margin = (TIME.format(entry.at()) + MARGIN).substring(0, MARGIN.length());
            line(out, margin, entry.from().equals(entry.to()) ? remark(entry) : arrow(entry));
        }
        line(out, MARGIN, rails());
        return out.toString();
    }

    private static void line(StringBuilder out, String margin, StringBuilder content) {
        out.append((margin + content).stripTrailing()).append('\n');
    }

    private int rail(int column) {
        return width / 2 + column * width;
    }

    private StringBuilder rails() {
        var line = new StringBuilder(" ".repeat(width * participants.size()));
        for (int column = 0; column < participants.size(); column++) {
            line.setCharAt(rail(column), '|');
        }
        return line;
    }

    private StringBuilder heads() {
        var line = new StringBuilder(" ".repeat(width * participants.size()));
        for (int column = 0; column < participants.size(); column++) {
            String name = shortened(participants.get(column), width - 2);
            int start = rail(column) - name.length() / 2;
            line.replace(start, start + name.length(), name);
        }
        return line;
    }

    private StringBuilder arrow(TraceEntry entry) {
        int from = participants.indexOf(entry.from());
        int to = participants.indexOf(entry.to());
        int left = rail(Math.min(from, to)) + 1;
        int right = rail(Math.max(from, to)) - 1;
        String text = " " + shortened(entry.text(), right - left - ARROW_ENDS + 2) + " ";
        StringBuilder line = rails();
        for (int at = left; at <= right; at++) {
            line.setCharAt(at, '-');
        }
        int start = left + (right - left + 1 - text.length()) / 2;
        line.replace(start, start + text.length(), text);
        line.setCharAt(from < to ? right : left, from < to ? '>' : '<');
        return line;
    }

    private StringBuilder remark(TraceEntry entry) {
        int start = rail(participants.indexOf(entry.from())) + 2;
        StringBuilder line = rails();
        String text = "* " + entry.text();
        line.append(" ".repeat(Math.max(0, start + text.length() - line.length())));
        line.replace(start, start + text.length(), text);
        return line;
    }

    private static String shortened(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
