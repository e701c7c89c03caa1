package org.impsiwf.testkit.conformance;

import java.util.Optional;
import java.util.Set;
import org.impsiwf.testkit.ssp.SspText;

/** Judges an answer by SSP 8.4 and the status codes of its transaction. Pure. */
final class Answers {

    /** D-21: not agreed, not implemented. */
    private static final Set<Integer> NOT_SERVED = Set.of(405, 501, 506);

    private Answers() {}

    static Verdict judge(Probe probe, Optional<SspText> answer) {
        return answer.map(text -> judge(probe, text.name(), text.status()))
                .orElseGet(() -> new Verdict.Failed("no answer"));
    }

    /** @param status 0 where the answer carries none */
    static Verdict judge(Probe probe, String element, int status) {
        boolean positive = status == 0 || status / 100 == 2;
        if (!element.equals("Status")) {
            return judgeResponse(probe, element, status, positive);
        }
        if (positive && !probe.answers().contains("Status")) {
            return new Verdict.Failed(status + " in a bare Status, not in " + names(probe) + " (SSP-114)");
        }
        if (NOT_SERVED.contains(status)) {
            return new Verdict.NotServed(status);
        }
        return probe.codes().contains(status)
                ? new Verdict.Passed("Status " + status)
                : new Verdict.Failed("status " + status + " is none of this transaction (SSP " + probe.clause() + ")");
    }

    private static Verdict judgeResponse(Probe probe, String element, int status, boolean positive) {
        if (!probe.answers().contains(element)) {
            return new Verdict.Failed(element + " answers another request");
        }
        // The one server whose traffic is public writes a failure of this one into the response.
        boolean failureInside =
                element.equals("SendMessageResponse") && probe.codes().contains(status);
        return positive || failureInside
                ? new Verdict.Passed(element + (status == 0 ? "" : " " + status))
                : new Verdict.Failed(status + " in " + element + ", not in a Status (SSP-115)");
    }

    /** Judges the answer to a request with a mistake in it. */
    static Verdict refused(Optional<SspText> answer, Set<Integer> due) {
        if (answer.isEmpty()) {
            return new Verdict.Failed("no answer");
        }
        int status = answer.get().status();
        if (due.contains(status)) {
            return new Verdict.Passed("Status " + status);
        }
        return NOT_SERVED.contains(status)
                ? new Verdict.NotServed(status)
                : new Verdict.Failed("answered " + answer.get().name() + " " + status + ", due is " + due);
    }

    private static String names(Probe probe) {
        return String.join(" or ", probe.answers());
    }
}
