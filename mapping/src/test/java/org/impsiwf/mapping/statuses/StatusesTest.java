package org.impsiwf.mapping.statuses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.impsiwf.mapping.DocPage;
import org.impsiwf.mapping.statuses.SspToSip.Method;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two tables of mapping.md §3, over every code of SSP 18. */
class StatusesTest {

    /** RFC 4975 §10 and RFC 7701 §8; 404 for a user that is not there. */
    private static final Set<Integer> MSRP_CODES = Set.of(200, 400, 403, 404, 408, 413, 415, 428, 481, 501);

    private static Map<Integer, String> documentCodes() {
        Map<Integer, String> codes = new TreeMap<>();
        try (var in = StatusesTest.class.getResourceAsStream("/status-codes.json")) {
            Matcher row = Pattern.compile("\"code\": (\\d+), \"name\": \"([^\"]+)\"")
                    .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            while (row.find()) {
                codes.put(Integer.valueOf(row.group(1)), row.group(2));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return codes;
    }

    @Test
    void thereAre132CodesInTheDocument() {
        assertThat(documentCodes()).hasSize(132);
    }

    @Test
    @DisplayName("mapping.md §3 (ii): a user is never told 503")
    void neverTellsAUserThatTheWholeGatewayIsUnavailable() {
        for (int code = 100; code < 1000; code++) {
            for (Method method : Method.values()) {
                assertThat(SspToSip.verdict(code, method).status())
                        .as("%d %s", code, method)
                        .isNotEqualTo(503);
            }
        }
    }

    @Test
    @DisplayName("RFC 4320: a MESSAGE is never answered 408")
    void neverAnswersANonInviteWith408() {
        for (int code = 100; code < 1000; code++) {
            assertThat(SspToSip.verdict(code, Method.MESSAGE).status())
                    .as("%d", code)
                    .isNotEqualTo(408);
        }
    }

    @Test
    @DisplayName("mapping.md §3 (i): session-level codes become 500 + Retry-After, MSRP 408")
    void keepsSessionLevelCodesFromTheUser() {
        List<Integer> sessionLevel = documentCodes().keySet().stream()
                .filter(code -> code / 100 == 6 && code != 610)
                .toList();
        assertThat(sessionLevel).hasSizeGreaterThan(10).allSatisfy(code -> {
            assertThat(SspToSip.verdict(code, Method.MESSAGE).status()).isEqualTo(500);
            assertThat(SspToSip.verdict(code, Method.MESSAGE).retryAfter()).isPresent();
            assertThat(SspToMsrp.code(code)).isEqualTo(408);
        });
    }

    @Test
    void noFailureBecomesASuccess() {
        Set<Integer> done = Set.of(200, 201, 203, 750, 751, 752, 807, 906);
        documentCodes().keySet().stream().filter(code -> code >= 200).forEach(code -> {
            boolean success = done.contains(code);
            assertThat(SspToSip.verdict(code, Method.INVITE).status() / 100 == 2)
                    .as("INVITE %d", code)
                    .isEqualTo(success);
            assertThat(SspToSip.verdict(code, Method.MESSAGE).status() / 100 == 2)
                    .as("MESSAGE %d", code)
                    .isEqualTo(success);
            assertThat(SspToMsrp.code(code) == 200).as("MSRP %d", code).isEqualTo(success);
        });
    }

    @Test
    void everyCodeOfTheDocumentHasAFinalAnswerOfTheOtherSide() {
        documentCodes().keySet().forEach(code -> {
            boolean waits = code < 200;
            for (Method method : Method.values()) {
                int sip = SspToSip.verdict(code, method).status();
                assertThat(waits ? sip == 100 : sip >= 200 && sip < 700)
                        .as("%d → %d", code, sip)
                        .isTrue();
            }
            int msrp = SspToMsrp.code(code);
            assertThat(waits ? msrp == SspToMsrp.WAIT : MSRP_CODES.contains(msrp))
                    .as("%d → %d", code, msrp)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "200,200,200,200", "404,404,404,404", "403,403,403,403", "410,410,410,481", "415,415,415,415",
        "405,501,501,501", "909,488,501,501", "423,481,481,481", "504,408,504,408", "503,480,480,408",
        "507,480,480,408", "815,480,480,408", "533,480,480,408", "532,403,403,403", "531,404,404,404",
        "516,404,404,404", "901,404,404,404", "506,403,403,403", "907,403,403,403", "600,500,500,408",
        "620,500,500,408", "805,403,403,403", "807,200,200,200", "812,403,403,428", "813,403,403,428",
        "817,486,486,408", "825,603,603,403", "920,403,403,403", "400,400,400,400", "508,415,415,415",
        "758,480,480,408", "814,403,403,403", "500,500,500,408"
    })
    @DisplayName("mapping.md §3: IMPS → SIP and MSRP")
    void saysOnTheSipSideWhatTheTableSays(int ssp, int invite, int message, int msrp) {
        assertThat(SspToSip.verdict(ssp, Method.INVITE).status()).isEqualTo(invite);
        assertThat(SspToSip.verdict(ssp, Method.MESSAGE).status()).isEqualTo(message);
        assertThat(SspToMsrp.code(ssp)).isEqualTo(msrp);
    }

    @ParameterizedTest
    @CsvSource({"441", "540", "546"})
    @DisplayName("mapping.md §3: one code for type or size is decided by what we know")
    void decidesBetweenTypeAndSizeByWhatIsKnown(int code) {
        assertThat(SspToSip.forContent(code, Method.MESSAGE, true).status()).isEqualTo(413);
        assertThat(SspToSip.forContent(code, Method.MESSAGE, false).status()).isEqualTo(415);
        assertThat(SspToMsrp.forContent(code, true)).isEqualTo(413);
        assertThat(SspToMsrp.forContent(code, false)).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "400,402", "406,402", "416,402", "484,531", "485,531", "401,403", "407,403", "403,403", "603,403", "607,532",
        "404,531", "604,531", "405,405", "489,405", "501,405", "408,504", "504,504", "410,410", "302,410", "413,540",
        "513,540", "415,415", "488,415", "606,415", "480,533", "486,533", "600,533", "481,410", "482,500", "483,500",
        "500,500", "580,500", "503,503", "499,410", "599,500", "699,403"
    })
    @DisplayName("mapping.md §3: SIP → IMPS, unknown codes by their class (RFC 7247 §7)")
    void saysOnTheImpsSideWhatTheTableSays(int sip, int ssp) {
        assertThat(SipToSsp.forMessage(sip)).isEqualTo(ssp);
    }

    @Test
    void everyRefusalOfSipOrMsrpIsARefusalThatTheDocumentKnows() {
        Set<Integer> known = documentCodes().keySet();
        IntStream.range(300, 700).forEach(sip -> {
            assertThat(known).contains(SipToSsp.forMessage(sip));
            assertThat(SipToSsp.forMessage(sip)).isGreaterThanOrEqualTo(400);
            assertThat(SipToSsp.invitationNote(sip)).isNotBlank();
        });
        IntStream.range(300, 700).forEach(msrp -> {
            assertThat(known).contains(MsrpToSsp.code(msrp));
            assertThat(MsrpToSsp.code(msrp)).isGreaterThanOrEqualTo(400);
        });
    }

    @Test
    void pageOfTheDocumentationSaysWhatTheCodeSays() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Statuses

                Written from `org.impsiwf.mapping.statuses` (`-Diwf.docs=write`). 100 in a row means: the final answer follows.
                Where INVITE and MESSAGE differ both are shown.

                ## SSP → SIP, MSRP

                | SSP | name | INVITE | MESSAGE | Retry-After | MSRP |
                |---|---|---|---|---|---|
                """);
        documentCodes().forEach((code, name) -> {
            SipVerdict invite = SspToSip.verdict(code, Method.INVITE);
            String retry = invite.retryAfter().map(d -> d.toSeconds() + " s").orElse("");
            page.append("| %d | %s | %d | %d | %s | %d |%n"
                    .formatted(
                            code,
                            name,
                            invite.status(),
                            SspToSip.verdict(code, Method.MESSAGE).status(),
                            retry,
                            SspToMsrp.code(code)));
        });
        page.append("""

                441, 540 and 546 are 413 when the message is over a limit that is known here, 415 otherwise. 201 and 900 about one
                recipient stand for that recipient's own code.

                ## SIP → SSP

                | SIP | message | InviteResponse says |
                |---|---|---|
                """);
        IntStream.range(300, 700)
                .filter(sip -> sip % 100 == 99 || isListed(sip))
                .forEach(sip -> page.append("| %s | %d | %s |%n"
                        .formatted(
                                sip % 100 == 99 ? "other " + sip / 100 + "xx" : String.valueOf(sip),
                                SipToSsp.forMessage(sip),
                                SipToSsp.invitationNote(sip))));
        page.append("""

                ## MSRP → SSP

                | MSRP | SSP |
                |---|---|
                """);
        for (int msrp : new int[] {400, 403, 404, 408, 413, 415, 423, 428, 481, 501, 506}) {
            page.append("| %d | %d |%n".formatted(msrp, MsrpToSsp.code(msrp)));
        }
        DocPage.check("statuses.md", page.toString());
    }

    /** What differs from its class in any column. */
    private static boolean isListed(int sip) {
        int other = sip / 100 * 100 + 99;
        return SipToSsp.forMessage(sip) != SipToSsp.forMessage(other)
                || !SipToSsp.invitationNote(sip).equals(SipToSsp.invitationNote(other));
    }
}
