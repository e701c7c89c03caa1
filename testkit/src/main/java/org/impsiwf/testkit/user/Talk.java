package org.impsiwf.testkit.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.impsiwf.testkit.msrp.MsrpEndpoint;
import org.impsiwf.testkit.msrp.MsrpFrame;
import org.impsiwf.testkit.msrp.ReceivedMessage;
import org.impsiwf.testkit.sip.SipCall;

/** One session of a user: the dialog and its MSRP connection. */
public record Talk(SipCall call, MsrpEndpoint msrp) implements AutoCloseable {

    /** Sends a text and expects that the next hop took it; gives the Message-ID. */
    public String sends(String text) {
        return sends("text/plain", text.getBytes(UTF_8), Map.of());
    }

    /** Sends a text whose sender wants to know of its delivery; gives the Message-ID. */
    public String sendsWantingReport(String text) {
        return sends("text/plain", text.getBytes(UTF_8), Map.of("Success-Report", "yes"));
    }

    public String sends(String contentType, byte[] content, Map<String, String> headers) {
        String messageId = msrp.sends(contentType, content, Integer.MAX_VALUE, headers);
        int status = msrp.expectsResponse().status();
        if (status != 200) {
            throw new AssertionError("SEND was answered " + status);
        }
        return messageId;
    }

    /** Says a text to everybody in a chat room, as its members have to (CPIM, RFC 7701 §6). */
    public void says(String from, String room, String text) {
        sends("message/cpim", CpimText.wrapping(from, room, text), Map.of());
    }

    /** Sends a text and gives the status that it was answered with. */
    public int tries(String text) {
        msrp.sends(text);
        return msrp.expectsResponse().status();
    }

    public ReceivedMessage expectsText(String text) {
        return msrp.expectsText(text);
    }

    public void expectsReport(String messageId, int status) {
        MsrpFrame report = msrp.expectsReport(messageId);
        if (report.status() != status) {
            throw new AssertionError("REPORT says " + report.status() + ", expected " + status);
        }
    }

    /** Leaves: BYE, its 200, and the MSRP connection closed. */
    public void byes() {
        call.byes();
        msrp.close();
    }

    /** Waits for the other end to leave. */
    public void expectsBye() {
        call.expectsBye();
        msrp.close();
    }

    @Override
    public void close() {
        msrp.close();
    }
}
