package org.impsiwf.sip.stack;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.dialog.TimerTerms;
import org.impsiwf.sip.event.SipCommand.Response;

/** Makes responses (RFC 3261 §8.2.6). Any thread. */
final class ResponseMaker {

    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, MESSAGE, REGISTER, SUBSCRIBE, REFER";

    /** Event packages that others can subscribe to here. */
    static final String EVENTS = "conference, refer";

    static final String ACCEPT =
            "application/sdp, multipart/mixed, multipart/alternative, multipart/related, text/plain, message/cpim,"
                    + " message/imdn+xml, application/im-iscomposing+xml, application/resource-lists+xml";
    static final String ACCEPT_ENCODING = "gzip, deflate, identity";
    static final String SUPPORTED =
            "timer, path, outbound, replaces, norefersub, multiple-refer, recipient-list-invite";

    private final SIPHeader server;

    ResponseMaker(String product) {
        this.server = HeaderText.shared("Server", product);
    }

    /** A response with a To tag of its own, for a request that makes no dialog. */
    SIPResponse of(SIPRequest request, Response response) {
        return of(request, response, Tokens.next());
    }

    /** A response with that To tag unless the request has one. */
    SIPResponse of(SIPRequest request, Response response, String tag) {
        SIPResponse made = response.reason()
                .filter(reason -> !reason.isBlank())
                .map(reason -> request.createResponse(response.status(), oneLine(reason)))
                .orElseGet(() -> request.createResponse(response.status()));
        try {
            if (made.getTo().getTag() == null && response.status() > 100) {
                made.getTo().setTag(tag);
            }
        } catch (ParseException e) {
            throw new IllegalStateException("no tag: " + tag, e);
        }
        HeaderText.attach(made, server);
        response.retryAfter().ifPresent(wait -> HeaderText.add(made, "Retry-After", Long.toString(wait.toSeconds())));
        response.headers().forEach((name, value) -> HeaderText.add(made, name, value));
        addWhatTheStatusAsks(made, response);
        return made;
    }

    /** RFC 3261 §20.5, §21.4.13, §21.4.6: what 405, 415 and 501 have to say. */
    private void addWhatTheStatusAsks(SIPResponse made, Response response) {
        Map<String, String> given = response.headers();
        switch (response.status()) {
            case 405, 501 -> HeaderText.add(made, "Allow", ALLOW);
            case 415 -> {
                if (!given.containsKey("Accept") && !given.containsKey("Accept-Encoding")) {
                    HeaderText.add(made, "Accept", ACCEPT);
                    HeaderText.add(made, "Accept-Encoding", ACCEPT_ENCODING);
                }
            }
            default -> {}
        }
    }

    /** RFC 4028 §9: what a 2xx says of the session timer. */
    void addTimer(SIPResponse response, TimerTerms terms) {
        terms.sessionExpires().ifPresent(interval -> {
            Optional<TimerTerms.Refresher> refresher = terms.refresher();
            String suffix = refresher
                    .map(who -> ";refresher=" + who.name().toLowerCase(Locale.ROOT))
                    .orElse("");
            HeaderText.add(response, "Session-Expires", interval.toSeconds() + suffix);
            if (refresher.filter(TimerTerms.Refresher.UAC::equals).isPresent() && terms.supported()) {
                HeaderText.add(response, "Require", "timer");
            }
        });
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n]+", " ");
    }
}
