package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sip.ServerTransaction;
import org.impsiwf.sip.event.InviteUsageId;

/** What of an INVITE usage lives on this node only, by local tag: transactions, and a 2xx that may have to be repeated. */
final class LiveInvites {

    /** One usage's live objects; read and written in its turns, except where noted. */
    static final class Live {
        final InviteUsageId id;

        /** Their INVITE, until it has its final response. */
        volatile Theirs theirs;

        /** The last 2xx to an INVITE of theirs, until its ACK. */
        volatile Sent accepted;

        /** Our INVITE as it would be sent once more. */
        volatile OutgoingRequest invite;

        /** Where our INVITE is now; set by the thread that walks the ways. */
        volatile ClientExchange attempt;

        /** Our INVITE is taken back: no further way is tried, and CANCEL follows the first provisional response. */
        volatile boolean cancelled;

        Live(InviteUsageId id) {
            this.id = id;
        }

        /** The dialog is confirmed: messages and transactions of its set-up are of no use any more. */
        void settled() {
            accepted = null;
            invite = null;
            attempt = null;
        }
    }

    /**
     * Their INVITE.
     *
     * @param fork whether this is one more dialog of it: it holds no place of {@link Admission}, and is never refused
     * @param accepted whether one of its dialogs has its 2xx, shared by all
     */
    record Theirs(
            ServerTransaction transaction, SIPRequest request, SipPoint point, boolean fork, AtomicBoolean accepted) {

        Theirs(ServerTransaction transaction, SIPRequest request, SipPoint point) {
            this(transaction, request, point, false, new AtomicBoolean());
        }

        Theirs forked() {
            return new Theirs(transaction, request, point, true, accepted);
        }
    }

    record Sent(SIPResponse response, SipPoint point, ServerTransaction transaction) {}

    /** Of usages that went on without live objects, the last few; for traces where a usage may end on another node. */
    private static final int REMEMBERED = 10_000;

    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final Map<String, InviteUsageId> settled = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, InviteUsageId> eldest) {
            return size() > REMEMBERED;
        }
    });

    Live of(String tag, InviteUsageId id) {
        return live.computeIfAbsent(tag, t -> new Live(id));
    }

    Optional<Live> find(String tag) {
        return Optional.ofNullable(live.get(tag));
    }

    /** The usage that a tag of a message names, for traces. */
    Optional<InviteUsageId> usageOf(String tag) {
        return tag == null
                ? Optional.empty()
                : find(tag).map(found -> found.id).or(() -> Optional.ofNullable(settled.get(tag)));
    }

    void remove(String tag) {
        live.remove(tag);
        settled.remove(tag);
    }

    /** Nothing of it is live any more, and what is next may happen on another node. */
    void settle(String tag) {
        Live found = live.remove(tag);
        if (found != null) {
            settled.put(tag, found.id);
        }
    }

    int size() {
        return live.size();
    }
}
