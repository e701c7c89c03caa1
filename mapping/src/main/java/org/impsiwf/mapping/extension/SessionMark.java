package org.impsiwf.mapping.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Event.Marks;
import org.impsiwf.sip.event.SipEvent.InviteReceived;
import org.impsiwf.sip.event.UriList;

/**
 * Which session an INVITE to the factory is to replace, in whichever of the shapes a to d (mapping) it says so.
 *
 * @param entry the URI list's entry that says it, which is then the partner's; absent when the INVITE itself does
 * @param marks what names the session among ours
 * @param headers what names it to a partner whose session is not ours
 */
record SessionMark(Optional<UriList.Entry> entry, Marks marks, Map<String, String> headers) {

    private static final String REPLACES = "replaces";
    private static final String SESSION_REPLACES = "session-replaces";

    SessionMark {
        headers = Map.copyOf(headers);
    }

    /** Every mark there is; none is an ad-hoc conference, more than one is a mistake (RFC 3891 §3). */
    static List<SessionMark> of(InviteReceived invite) {
        List<SessionMark> marks = new ArrayList<>();
        inHead(invite).ifPresent(marks::add);
        invite.conferencing()
                .list()
                .ifPresent(
                        list -> list.entries().forEach(entry -> inEntry(entry).ifPresent(marks::add)));
        boolean saidTwice = marks.size() == 2
                && marks.get(0).entry().isEmpty()
                && marks.get(0).marks().usage().isPresent();
        // Clients that name the dialog in the head may name it at the partner's entry, too.
        return saidTwice
                ? List.of(new SessionMark(marks.get(1).entry(), marks.get(0).marks(), Map.of()))
                : marks;
    }

    private static Optional<SessionMark> inHead(InviteReceived invite) {
        Optional<String> replaces = invite.head().header(REPLACES);
        if (invite.conferencing().replaces().isPresent()) {
            Marks marks = new Marks(invite.conferencing().replaces(), Optional.empty(), Optional.empty());
            return Optional.of(new SessionMark(Optional.empty(), marks, Map.of()));
        }
        if (replaces.isPresent()) {
            return Optional.of(ofReplaces(Optional.empty(), replaces.get()));
        }
        return invite.head().header(SESSION_REPLACES).map(session -> ofSession(Optional.empty(), session));
    }

    private static Optional<SessionMark> inEntry(UriList.Entry entry) {
        Map<String, String> headers = UriHeaders.of(entry.uri().value());
        if (headers.containsKey(REPLACES)) {
            return Optional.of(ofReplaces(Optional.of(entry), headers.get(REPLACES)));
        }
        return Optional.ofNullable(headers.get(SESSION_REPLACES))
                .map(session -> ofSession(Optional.of(entry), session));
    }

    private static SessionMark ofReplaces(Optional<UriList.Entry> entry, String replaces) {
        String callId = replaces.split(";", 2)[0].strip();
        Marks marks = new Marks(Optional.empty(), Optional.of(callId), Optional.empty());
        return new SessionMark(entry, marks, Map.of("Replaces", replaces));
    }

    /** Some clients put the session's identity there, others the Call-ID of its dialog. */
    private static SessionMark ofSession(Optional<UriList.Entry> entry, String session) {
        Optional<String> value = Optional.of(session.strip());
        Marks marks = new Marks(Optional.empty(), value, value);
        return new SessionMark(entry, marks, Map.of("Session-Replaces", session.strip()));
    }
}
