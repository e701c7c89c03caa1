package org.impsiwf.gateway.flows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.sip.SipCall;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipUserAgent;

/** SUBSCRIBE, NOTIFY and REFER of user agents on real sockets, as lines of a flow. */
final class ConferenceSocketDesk {

    /** A subscription of a user: to the state of a conference, or to what becomes of a REFER. */
    private static final class Subscription {
        final String name;
        final boolean ofRefer;
        volatile SipCall dialog;

        Subscription(String name, boolean ofRefer, SipCall dialog) {
            this.name = name;
            this.ofRefer = ofRefer;
            this.dialog = dialog;
        }
    }

    private final SipSocketDesk sip;
    private final Map<String, Subscription> byName = new ConcurrentHashMap<>();

    /** By Call-ID and what the Event header says. */
    private final Map<String, Subscription> byDialog = Collections.synchronizedMap(new LinkedHashMap<>());

    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    ConferenceSocketDesk(SipSocketDesk sip) {
        this.sip = sip;
    }

    static boolean knows(FlowMessage m) {
        return m.name().equals("SUBSCRIBE")
                || m.name().equals("REFER")
                || (m.name().equals("VANISH") && m.fields().containsKey("sub"));
    }

    void inject(FlowMessage m) {
        switch (m.name()) {
            case "SUBSCRIBE" -> subscribe(m);
            case "REFER" -> refer(m);
            default -> forgotten.add(m.field("sub", ""));
        }
    }

    private void subscribe(FlowMessage m) {
        String name = m.field("sub", "s1");
        SipUserAgent agent = sip.agent(m.from());
        Subscription known = byName.get(name);
        SipMessage request;
        if (known != null && known.dialog != null) {
            request = known.dialog.newRequest("SUBSCRIBE");
        } else if (m.fields().containsKey("call")) {
            request = sip.call(m).dialog.newRequest("SUBSCRIBE");
        } else {
            request = outside(agent, "SUBSCRIBE", m, Words.impsUserAsSip(m.field("to", "bob")));
        }
        SipMessage subscribe = request.with("Event", "conference")
                .with("Accept", "application/conference-info+xml")
                .with("Expires", m.field("expires", "3600"));
        if (known == null) {
            byName.put(name, new Subscription(name, false, null));
            byDialog.put(subscribe.callId() + " conference", byName.get(name));
        }
        sip.send(agent, subscribe, (sent, response) -> {
            if (response.status() / 100 == 2 && byName.get(name).dialog == null) {
                byName.get(name).dialog = SipCall.begun(agent, response);
            }
            Map<String, String> fields = new TreeMap<>(Map.of("sub", name));
            response.header("Expires").ifPresent(expires -> fields.put("expires", expires));
            sip.say(m.from(), response.status() + " SUBSCRIBE", fields);
        });
    }

    private void refer(FlowMessage m) {
        String name = m.field("id", "r1");
        SipUserAgent agent = sip.agent(m.from());
        SipMessage request = m.fields().containsKey("call")
                ? sip.call(m).dialog.newRequest("REFER")
                : outside(agent, "REFER", m, Words.impsUserAsSip(m.field("at", "conference")));
        String method = m.fields().containsKey("method") ? ";method=" + m.field("method", "") : "";
        List<String> targets = Words.list(m.field("to", "bob")).stream()
                .map(target -> Words.referTarget(m, target) + method)
                .toList();
        if (m.field("norefersub", "no").equals("yes")) {
            request = request.with("Refer-Sub", "false").with("Supported", "norefersub");
        }
        SipMessage refer = targets.size() == 1
                ? request.with("Refer-To", "<" + targets.getFirst() + ">")
                : withList(request, targets);
        Subscription subscription = new Subscription(name, true, null);
        byDialog.put(refer.callId() + " refer " + refer.cseqNumber(), subscription);
        byDialog.putIfAbsent(refer.callId() + " refer", subscription);
        sip.send(agent, refer, (sent, response) -> sip.say(m.from(), response.status() + " REFER", Map.of("id", name)));
    }

    /** RFC 5368: several at once, by a list that Refer-To points to. */
    private static SipMessage withList(SipMessage request, List<String> targets) {
        String entries = targets.stream()
                .map(target -> "<entry uri=\"" + target + "\"/>")
                .collect(Collectors.joining());
        return request.with("Refer-To", "<cid:list@flow>")
                .with("Content-ID", "<list@flow>")
                .with("Content-Disposition", "recipient-list")
                .with("Require", "multiple-refer")
                .withBody(
                        "application/resource-lists+xml",
                        "<?xml version=\"1.0\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>"
                                + entries + "</list></resource-lists>");
    }

    /** Outside any dialog, with the Contact that makes one. */
    private static SipMessage outside(SipUserAgent agent, String method, FlowMessage m, String uri) {
        return agent.newRequest(method, uri)
                .with("Contact", agent.contact())
                .with("P-Asserted-Identity", "<" + Words.sipUser(m.from()) + ">");
    }

    // ---- to the users

    /** A NOTIFY: answered at once, unless its subscriber has forgotten it. */
    void notified(String user, SipRequestReceived request) {
        SipMessage notify = request.message();
        String event = notify.header("Event").orElse("");
        Optional<Subscription> found = subscription(notify.callId(), event);
        if (found.isEmpty() || forgotten.contains(found.get().name)) {
            request.answers(481, "Subscription does not exist");
            return;
        }
        request.answers(200, "OK");
        Subscription subscription = found.get();
        if (subscription.ofRefer) {
            sip.say(user, "NOTIFY", Map.of("id", subscription.name, "refer", sipfrag(notify)));
            return;
        }
        String state = notify.header("Subscription-State").orElse("");
        Map<String, String> fields = new TreeMap<>(Map.of("sub", subscription.name));
        if (notify.body().length > 0) {
            ConferenceInfoText.describe(notify.body(), fields);
            sip.say(user, "NOTIFY " + fields.remove("state"), fields);
        } else if (state.startsWith("terminated")) {
            fields.put("reason", parameter(state, "reason"));
            sip.say(user, "NOTIFY terminated", fields);
        } else {
            sip.say(user, "NOTIFY", fields);
        }
    }

    private Optional<Subscription> subscription(String callId, String event) {
        String[] parts = event.split(";");
        String id = parameter(event, "id");
        String key = callId + " " + parts[0].strip().toLowerCase(Locale.ROOT);
        return Optional.ofNullable(byDialog.get(id.isEmpty() ? key : key + " " + id));
    }

    private static String parameter(String value, String name) {
        for (String part : value.split(";")) {
            if (part.strip().startsWith(name + "=")) {
                return part.strip().substring(name.length() + 1);
            }
        }
        return "";
    }

    /** {@code SIP/2.0 200 OK} */
    private static String sipfrag(SipMessage notify) {
        return notify.text().split(" ")[1];
    }
}
