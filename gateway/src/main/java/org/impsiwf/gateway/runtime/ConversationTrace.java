package org.impsiwf.gateway.runtime;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.impsiwf.gateway.groups.GroupHome;
import org.impsiwf.gateway.trace.TraceEntry;
import org.impsiwf.gateway.trace.TraceRecorder;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.stack.SipTrace;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.SspTrace;

/**
 * Sorts what the edges see into conversations. An edge sees a message before anybody knows whose it is; such a message waits
 * here under the id that it came with, its Call-ID or Transaction-ID, until that id is found to belong to a conversation.
 * Safe from any thread.
 */
final class ConversationTrace {

    private static final int REMEMBERED = 20_000;
    private static final int WAITING_PER_ID = 8;

    private static final String IWF = "iwf";

    /** Our own Group Service Element, as call flows name it. */
    private static final String HOME = "home";

    private static final String SIP_VERSION = "SIP/2.0";

    /** What messages of one conversation have in common before anybody knows which one it is. */
    private sealed interface Id {}

    private record CallId(String value) implements Id {}

    private record Transaction(String peer, String id) implements Id {}

    /** What is known of an id: its conversation, or what waits for it. */
    private static final class Known {
        private Optional<String> conversation = Optional.empty();
        private List<TraceEntry> waiting = List.of();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Id, Known> ids = new LinkedHashMap<>();
    private final TraceRecorder recorder;
    private final InstantSource clock;
    private final ServiceId self;
    private final boolean on;

    /**
     * @param self our own Service-ID
     * @param on false makes every call do nothing
     */
    ConversationTrace(TraceRecorder recorder, InstantSource clock, ServiceId self, boolean on) {
        this.self = self;
        this.recorder = recorder;
        this.clock = clock;
        this.on = on;
    }

    boolean on() {
        return on;
    }

    /** A SIP message. */
    void sip(SipTrace.Seen seen) {
        if (on) {
            String far = "sip " + seen.peer();
            String text = withoutVersion(seen.startLine());
            TraceEntry entry =
                    seen.sent() ? new TraceEntry(seen.at(), IWF, far, text) : new TraceEntry(seen.at(), far, IWF, text);
            record(
                    new CallId(seen.callId()),
                    entry,
                    seen.usage()
                            .flatMap(usage -> MailboxKey.within(usage.value()))
                            .map(MailboxKey::text));
        }
    }

    /** An SSP primitive. */
    void ssp(SspTrace.Seen seen) {
        if (on) {
            String far = seen.peer().equals(self) ? HOME : seen.peer().domain();
            String name = seen.primitive().getClass().getSimpleName();
            TraceEntry entry =
                    seen.sent() ? new TraceEntry(seen.at(), IWF, far, name) : new TraceEntry(seen.at(), far, IWF, name);
            record(
                    new Transaction(seen.peer().value(), seen.transactionId()),
                    entry,
                    seen.request().flatMap(ConversationTrace::conversation));
        }
    }

    /** Whose request it is; those of our Group Service Element are told under its name. */
    private static Optional<String> conversation(SspRequestId request) {
        return GroupHome.isAskedByUs(request)
                ? Optional.of(HOME)
                : MailboxKey.within(request.value()).map(MailboxKey::text);
    }

    /** Our Group Service Element serves it. */
    void served(TransactionRef transaction) {
        if (on) {
            belongs(new Transaction(transaction.peer().value(), transaction.transactionId()), HOME);
        }
    }

    /** An MSRP frame. */
    void msrp(boolean received, MsrpSessionId session, String startLine, int bodyBytes) {
        if (on) {
            String what = withoutTransaction(startLine);
            String text = bodyBytes > 0 ? what + " (" + bodyBytes + " bytes)" : what;
            TraceEntry entry = received
                    ? new TraceEntry(clock.instant(), "msrp", IWF, text)
                    : new TraceEntry(clock.instant(), IWF, "msrp", text);
            MailboxKey.textWithin(session.value()).ifPresent(key -> recorder.record(key, entry));
        }
    }

    /** An event was found to belong to a conversation, and so do all messages with its id. */
    void routed(Event event, MailboxKey key) {
        if (!on) {
            return;
        }
        switch (event) {
            case Event.Sip(SipEvent.InviteReceived e) ->
                belongs(new CallId(e.head().callId()), key.text());
            case Event.Sip(SipEvent.MessageReceived e) ->
                belongs(new CallId(e.head().callId()), key.text());
            case Event.Ssp(SspEvent.RequestReceived e) ->
                belongs(new Transaction(e.peer().value(), e.transaction().transactionId()), key.text());
            default -> {
                // Its id leads to the conversation already.
            }
        }
    }

    /** The order with a Call-ID that is known to belong to the conversation. */
    SipCommand traced(SipCommand order) {
        if (!on || !(order instanceof SipCommand.SendMessage message)) {
            return order;
        }
        String id = message.request().value();
        String callId = message.callId().orElseGet(() -> id.substring(id.indexOf('#') + 1) + "@iwf");
        MailboxKey.within(id).ifPresent(key -> belongs(new CallId(callId), key.text()));
        return new SipCommand.SendMessage(
                message.request(),
                message.sender(),
                message.target(),
                message.body(),
                Optional.of(callId),
                message.headers());
    }

    /** Without what a person who reads a call flow knows anyway. */
    private static String withoutVersion(String startLine) {
        if (startLine.startsWith(SIP_VERSION + ' ')) {
            return startLine.substring(SIP_VERSION.length() + 1);
        }
        return startLine.endsWith(' ' + SIP_VERSION)
                ? startLine.substring(0, startLine.length() - SIP_VERSION.length() - 1)
                : startLine;
    }

    /** Method or status, without {@code MSRP} and the transaction's id. */
    private static String withoutTransaction(String startLine) {
        int id = startLine.indexOf(' ');
        int what = startLine.indexOf(' ', id + 1);
        return id > 0 && what > 0 ? startLine.substring(what + 1) : startLine;
    }

    private void belongs(Id id, String conversation) {
        List<TraceEntry> waited;
        lock.lock();
        try {
            waited = claimed(known(id), conversation);
        } finally {
            lock.unlock();
        }
        waited.forEach(entry -> recorder.record(conversation, entry));
    }

    /** @param said the conversation, where the message itself tells it */
    private void record(Id id, TraceEntry entry, Optional<String> said) {
        Optional<String> conversation;
        List<TraceEntry> waited = List.of();
        lock.lock();
        try {
            Known known = known(id);
            if (said.isPresent()) {
                waited = claimed(known, said.get());
            }
            conversation = known.conversation;
            if (conversation.isEmpty()) {
                await(known, entry);
            }
        } finally {
            lock.unlock();
        }
        if (conversation.isPresent()) {
            waited.forEach(earlier -> recorder.record(conversation.get(), earlier));
            recorder.record(conversation.get(), entry);
        }
    }

    /** It belongs to the conversation from now on; what has waited to hear that. */
    private static List<TraceEntry> claimed(Known known, String conversation) {
        List<TraceEntry> waited = known.waiting;
        known.conversation = Optional.of(conversation);
        known.waiting = List.of();
        return waited;
    }

    private static void await(Known known, TraceEntry entry) {
        if (known.waiting.isEmpty()) {
            known.waiting = List.of(entry); // nearly always the only one
        } else if (known.waiting.size() < WAITING_PER_ID) {
            known.waiting = new ArrayList<>(known.waiting);
            known.waiting.add(entry);
        }
    }

    private Known known(Id id) {
        Known known = ids.get(id);
        if (known == null) {
            known = new Known();
            ids.put(id, known);
            if (ids.size() > REMEMBERED) {
                ids.pollFirstEntry();
            }
        }
        return known;
    }
}
