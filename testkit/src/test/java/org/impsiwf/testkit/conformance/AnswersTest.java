package org.impsiwf.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer is worth. */
class AnswersTest {

    private static final Probe JOIN = new Probe(
            "JoinGroup", "17.1.3", Set.of("JoinGroupResponse"), Set.of(200, 404, 800, 804), "<JoinGroupRequest/>");
    private static final Probe LOGOUT =
            new Probe("UserLogout", "12.1.2", Set.of("Status"), Set.of(200, 604), "<UserLogoutRequest/>");

    @ParameterizedTest
    @CsvSource({
        "JoinGroupResponse, 200, Passed",
        "JoinGroupResponse, 0, Passed",
        "JoinGroupResponse, 800, Failed",
        "Status, 200, Failed",
        "Status, 800, Passed",
        "Status, 817, Failed",
        "Status, 405, NotServed",
        "Status, 501, NotServed",
        "Status, 506, NotServed",
        "GetPresenceResponse, 200, Failed"
    })
    void anAnswerIsJudgedByItsElementAndItsCode(String element, int status, String verdict) {
        assertThat(Answers.judge(JOIN, element, status).getClass().getSimpleName())
                .isEqualTo(verdict);
    }

    @Test
    void aTransactionThatIsAnsweredByAStatusTakesA200InIt() {
        assertThat(Answers.judge(LOGOUT, "Status", 200)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void everyProbeAsksForSomethingAndKnowsItsAnswers() {
        assertThat(Probe.all()).hasSize(63).allSatisfy(probe -> {
            assertThat(probe.answers()).isNotEmpty();
            assertThat(probe.codes()).contains(200);
            String request = probe.between("us.example", "them.example", "wv:eve@them.example");
            assertThat(request)
                    .contains("us.example")
                    .doesNotContain("@a.example")
                    .doesNotContain("@b.example");
            assertThat(Probe.withoutMetaInformation(request)).doesNotContain("MetaInfo");
        });
    }
}
