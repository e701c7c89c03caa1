package org.impsiwf.msrp.session;

import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.SuccessReport;

/**
 * What is remembered of a message that arrived.
 *
 * @param outcome 0 while it waits, else the status it was answered with
 * @param bytes its size
 */
public record ReceivedMessage(SuccessReport successReport, FailureReport failureReport, long bytes, int outcome) {

    /** Whether a REPORT of that status was asked for (RFC 4975 §7.1.3, §7.1.4). */
    public boolean wantsReport(int status) {
        return status == 200 ? successReport == SuccessReport.YES : failureReport != FailureReport.NO;
    }

    ReceivedMessage answered(int status) {
        return new ReceivedMessage(successReport, failureReport, bytes, status);
    }
}
