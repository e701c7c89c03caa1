package org.impsiwf.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.impsiwf.sip.conference.ConferenceInfo;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.subscription.SubscriptionEvent;
import org.impsiwf.sip.subscription.SubscriptionTimes;

/** An order about a subscription or REFER as the event that it is for it. Pure. */
record OrderedNotices(String subscription, SubscriptionEvent event) {

    private static final String SIPFRAG = "message/sipfrag;version=2.0";

    static OrderedNotices of(SipCommand.OfSubscription order) {
        return switch (order) {
            case SipCommand.AcceptRefer(var refer) ->
                new OrderedNotices(refer.value(), new SubscriptionEvent.Accept(SubscriptionTimes.REFER, ""));
            case SipCommand.RefuseRefer(var refer, var refusal) ->
                new OrderedNotices(refer.value(), new SubscriptionEvent.Refuse(refusal));
            case SipCommand.ReportRefer(var refer, int status, String reason) ->
                new OrderedNotices(refer.value(), report(status, reason));
            case SipCommand.AcceptSubscription(var id, var expires, String owner) ->
                new OrderedNotices(id.value(), new SubscriptionEvent.Accept(expires, owner));
            case SipCommand.RefuseSubscription(var id, var refusal) ->
                new OrderedNotices(id.value(), new SubscriptionEvent.Refuse(refusal));
            case SipCommand.Notify(var id, var state) ->
                new OrderedNotices(
                        id.value(),
                        new SubscriptionEvent.Notify(new Body(ConferenceInfo.MEDIA_TYPE, ConferenceInfo.write(state))));
            case SipCommand.EndSubscription(var id, String reason) ->
                new OrderedNotices(id.value(), new SubscriptionEvent.End(reason, Optional.empty()));
        };
    }

    /** RFC 3515 §2.4.5: the status line of the last response, as far as it came. */
    private static SubscriptionEvent report(int status, String reason) {
        String line = "SIP/2.0 " + status + ' ' + reason.replaceAll("[\\r\\n]+", " ") + "\r\n";
        var body = new Body(SIPFRAG, line.getBytes(StandardCharsets.UTF_8));
        return status < 200
                ? new SubscriptionEvent.Notify(body)
                : new SubscriptionEvent.End("noresource", Optional.of(body));
    }

    void postTo(Subscriptions subscriptions) {
        subscriptions.post(subscription, event);
    }
}
