package org.impsiwf.sip.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.sip.torture.TortureBench.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The messages of RFC 4475 and RFC 5118 themselves, read where they are beside the project and named as skipped where they
 * are not. Only the sender's address in the top Via, and the branch and Call-ID of repeated runs, are ours.
 */
class RfcTortureOverTheWireTest {

    private static final Path CORPORA =
            Path.of(System.getProperty("iwf.root", "..")).resolve("../shared/corpora");
    private static final Path RFC4475 = CORPORA.resolve("rfc4475-torture");
    private static final Path RFC5118 = CORPORA.resolve("rfc5118-ipv6-torture");

    /** Domains that the messages are for, so that none is refused for its domain alone. */
    private static final Set<String> DOMAINS =
            Set.of("torture.example", "example.com", "example.net", "example.org", "company.com", "2001:db8::10");

    /** An answer that comes from having understood the request: done, nobody there, busy, no such dialog or media. */
    private static final Set<Integer> PROCESSED = Set.of(200, 404, 480, 481, 486, 488);

    private static final Pattern SENT_BY = Pattern.compile(
            "(?im)^((?:Via|v)\\s*:\\s*SIP\\s*/\\s*[0-9.]+\\s*/\\s*)\\w+(\\s+)(?:\\[[^]]*]|[-.\\w]+)(?:\\s*:\\s*\\d+)?");

    private static final Pattern CALL_ID = Pattern.compile("(?im)^((?:Call-ID|i)\\s*:\\s*)");

    private static final Pattern STATUS = Pattern.compile("\\b[1-6]\\d\\d\\b");
    private static final Pattern LENIENT =
            Pattern.compile("process|tolerate|ignore|infer|handle|accept|matching|REGISTER ok|401/ignore");

    /** RFC 5118 as a table: what each message deserves. */
    private static final Map<String, Set<Integer>> IPV6 = Map.ofEntries(
            Map.entry("ipv6-good", PROCESSED),
            Map.entry("ipv6-bad", Set.of(400)),
            Map.entry("port-ambiguous", PROCESSED),
            Map.entry("port-unambiguous", PROCESSED),
            Map.entry("via-received-param-with-delim", PROCESSED),
            Map.entry("via-received-param-no-delim", PROCESSED),
            Map.entry("ipv6-in-sdp", PROCESSED),
            Map.entry("mult-ip-in-header", PROCESSED),
            Map.entry("mult-ip-in-sdp", PROCESSED),
            Map.entry("ipv4-mapped-ipv6", PROCESSED),
            Map.entry("ipv6-correct-abnf-2-colons", PROCESSED),
            Map.entry("ipv6-bug-abnf-3-colons", PROCESSED));

    private static TortureBench bench;

    /**
     * A message and its due answers.
     *
     * @param statuses any of these; empty for no answer
     * @param silenceAllowed whether no answer is right too
     */
    record Case(String name, byte[] bytes, Set<Integer> statuses, boolean silenceAllowed) {

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        bench = new TortureBench(DOMAINS);
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void theCorporaAreThere() {
        assumeTrue(Files.isDirectory(RFC4475), "skipped: the messages of RFC 4475, not found at " + RFC4475);
        assumeTrue(Files.isDirectory(RFC5118), "skipped: the messages of RFC 5118, not found at " + RFC5118);
        assertThat(cases()).hasSizeGreaterThan(60);
    }

    static List<Case> cases() {
        return Stream.concat(rfc4475().stream(), rfc5118().stream()).toList();
    }

    private static List<Case> rfc4475() {
        Path table = RFC4475.resolve("EXPECTED.tsv");
        if (!Files.exists(table)) {
            return List.of();
        }
        return read(() -> Files.readAllLines(table)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(row -> of(row[0], row[3]))
                .toList();
    }

    private static Case of(String name, String due) {
        byte[] bytes = read(() -> Files.readAllBytes(RFC4475.resolve(name + ".dat")));
        boolean response = new String(bytes, ISO_8859_1).startsWith("SIP/");
        if (response) {
            return new Case(name, bytes, Set.of(), true);
        }
        Set<Integer> statuses = STATUS.matcher(due)
                .results()
                .map(hit -> Integer.valueOf(hit.group()))
                .collect(Collectors.toSet());
        if (LENIENT.matcher(due).find()) {
            statuses.addAll(PROCESSED);
        }
        if (statuses.isEmpty()) {
            statuses.add(400); // "error"
        }
        return new Case(name, bytes, statuses, name.equals("test"));
    }

    /** The files have bare line feeds and bodies of another length than they say; on the wire both are right. */
    private static List<Case> rfc5118() {
        return IPV6.entrySet().stream()
                .filter(entry -> Files.exists(RFC5118.resolve(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    byte[] file = read(() -> Files.readAllBytes(RFC5118.resolve(entry.getKey())));
                    String text = new String(file, ISO_8859_1).stripTrailing() + "\n";
                    String whole = (text.contains("\n\n") ? text : text + "\n").replace("\n", "\r\n");
                    int length = whole.length() - whole.indexOf("\r\n\r\n") - 4;
                    String counted = whole.replaceFirst("Content-Length: \\d+", "Content-Length: " + length);
                    return new Case(entry.getKey(), counted.getBytes(ISO_8859_1), entry.getValue(), false);
                })
                .toList();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Function<String, byte[]> from(Case message, String transport) {
        return here -> {
            String text = new String(message.bytes(), ISO_8859_1);
            text = SENT_BY.matcher(text).replaceFirst("$1" + transport + "$2" + here);
            // The originals share these among each other, and would be taken for retransmissions.
            String run = Long.toString(System.nanoTime(), 36);
            text = text.replaceFirst("z9hG4bK(?=[^;,\\s])", "z9hG4bK" + run);
            text = CALL_ID.matcher(text).replaceFirst("$1" + run);
            return text.getBytes(ISO_8859_1);
        };
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void overUdp(Case message) throws IOException {
        check(message, bench.overUdp("127.0.0.1", from(message, "UDP"), isAnswered(message)));
    }

    /** Messages whose end a stream cannot tell: no or a wrong Content-Length, no blank line, two in one datagram. */
    private static final Set<String> DATAGRAMS_ONLY = Set.of("clerr", "test", "inv2543", "baddn", "dblreq");

    static List<Case> streams() {
        return cases().stream()
                .filter(message -> !DATAGRAMS_ONLY.contains(message.name()))
                .toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("streams")
    void overTcp(Case message) throws IOException {
        check(message, bench.overTcp("127.0.0.1", from(message, "TCP"), isAnswered(message)));
    }

    private static boolean isAnswered(Case message) {
        return !message.silenceAllowed();
    }

    private static void check(Case message, Outcome outcome) {
        if (message.statuses().isEmpty()) {
            assertThat(outcome.finals()).isEmpty();
        } else if (!message.silenceAllowed() || !outcome.finals().isEmpty()) {
            assertThat(outcome.finals()).isNotEmpty();
            assertThat(message.statuses()).as("of %s", outcome.finals()).containsAll(outcome.finals());
        }
    }

    @Test
    void theListenerLivesOn() throws IOException {
        bench.probeOverNewConnection();
        Outcome outcome =
                bench.overUdp("127.0.0.1", here -> ("nonsense " + UUID.randomUUID()).getBytes(ISO_8859_1), false);
        assertThat(outcome.finals()).isEmpty();
    }
}
