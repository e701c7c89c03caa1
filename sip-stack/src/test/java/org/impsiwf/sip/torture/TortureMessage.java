package org.impsiwf.sip.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A message of {@code torture/*.txt}, whose first lines explain the notation.
 *
 * @param expected final statuses, or {@code none}
 */
record TortureMessage(String clause, String name, Set<String> expected, Set<String> options, String text) {

    private static final Pattern REPEAT = Pattern.compile("\\{([a-z]):(\\d+)}");

    static List<TortureMessage> all(String resource) {
        try (InputStream in = TortureMessage.class.getResourceAsStream("/torture/" + resource)) {
            var messages = new ArrayList<TortureMessage>();
            String all = new String(in.readAllBytes(), UTF_8);
            for (String block : all.split("(?m)^>> ")) {
                if (!block.startsWith("#")) {
                    messages.add(of(block));
                }
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TortureMessage of(String block) {
        int lineEnd = block.indexOf('\n');
        String[] heading = block.substring(0, lineEnd).split("\\|");
        return new TortureMessage(
                heading[0].strip(),
                heading[1].strip(),
                Set.of(heading[2].strip().split("/")),
                heading.length > 3 ? Set.of(heading[3].strip().split(" ")) : Set.of(),
                block.substring(lineEnd + 1).stripTrailing() + '\n');
    }

    /** The bytes of a run of its own. */
    byte[] bytes(String here, String transport) {
        String filled = text;
        for (var entry : Map.of(
                        "{here}",
                        here,
                        "{transport}",
                        transport,
                        "{branch}",
                        "z9hG4bK" + UUID.randomUUID(),
                        "{call}",
                        UUID.randomUUID().toString())
                .entrySet()) {
            filled = filled.replace(entry.getKey(), entry.getValue());
        }
        filled = REPEAT.matcher(filled).replaceAll(repeat -> repeat.group(1).repeat(Integer.parseInt(repeat.group(2))));
        int blank = filled.indexOf("\n\n");
        String head = blank < 0 ? filled + '\n' : filled.substring(0, blank + 2);
        byte[] body = unescaped(blank < 0 ? "" : filled.substring(blank + 2));
        var out = new ByteArrayOutputStream();
        out.writeBytes(unescaped(head.replace("{length}", Integer.toString(body.length))));
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** Line ends as on the wire, {@code \HH} as one byte; other backslashes stand for themselves. */
    private static byte[] unescaped(String text) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\'
                    && i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2));
            if (escape) {
                out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else if (c == '\n') {
                out.writeBytes(new byte[] {'\r', '\n'});
            } else {
                out.writeBytes(String.valueOf(c).getBytes(ISO_8859_1));
            }
        }
        return out.toByteArray();
    }

    boolean isRequest() {
        return !text.startsWith("SIP/");
    }

    @Override
    public String toString() {
        return clause + " " + name;
    }
}
