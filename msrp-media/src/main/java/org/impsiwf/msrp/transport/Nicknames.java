package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.msrp.codec.QuotedString;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpCommand.AnswerNickname;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpStatus;

/** The NICKNAME requests of one member of a chat room, until they are answered (RFC 7701 §7). Its session's mailbox. */
final class Nicknames {
    private static final String METHOD = "NICKNAME";
    private static final String HEADER = "Use-Nickname";
    private static final int MOST_OCTETS = 1023;
    private static final int MOST_WAITING = 8;

    private record Waiting(MsrpConnection connection, MsrpFrame.Other request, Instant deadline) {}

    private final MsrpSession session;
    private final MsrpEndpoint endpoint;
    private final boolean chatroom;
    private final Map<ExchangeId, Waiting> waiting = new LinkedHashMap<>(2);
    private long count;

    /** @param chatroom whether there are nicknames at all */
    Nicknames(MsrpSession session, MsrpEndpoint endpoint, boolean chatroom) {
        this.session = session;
        this.endpoint = endpoint;
        this.chatroom = chatroom;
    }

    /** Otherwise it is a method like any other that nobody knows (RFC 4975 §10.11). */
    boolean takes(MsrpFrame.Other request) {
        return chatroom && request.method().equals(METHOD);
    }

    /** A request of our far end. */
    void requested(MsrpConnection from, MsrpFrame.Other request) {
        List<String> wanted = request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(HEADER))
                .map(MsrpFrame.Header::value)
                .toList();
        if (wanted.size() != 1) {
            refuse(from, request, MsrpStatus.BAD_REQUEST, "Bad Request: one Use-Nickname is wanted");
            return;
        }
        Optional<String> nickname =
                QuotedString.read(wanted.getFirst()).filter(text -> text.getBytes(UTF_8).length <= MOST_OCTETS);
        if (nickname.isEmpty()) {
            refuse(from, request, MsrpStatus.MALFORMED_NICKNAME, MsrpStatus.comment(MsrpStatus.MALFORMED_NICKNAME));
        } else if (waiting.size() >= MOST_WAITING) {
            refuse(from, request, MsrpStatus.TIMEOUT, "Others Wait Already");
        } else {
            handOver(from, request, nickname.get());
        }
    }

    private void handOver(MsrpConnection from, MsrpFrame.Other request, String nickname) {
        ExchangeId id = new ExchangeId(session.id().value() + "/n" + Long.toString(++count, Character.MAX_RADIX));
        Instant deadline =
                endpoint.time().now().plus(endpoint.settings().timeouts().answer());
        waiting.put(id, new Waiting(from, request, deadline));
        endpoint.load().exchangeOpened();
        // RFC 7701 §7.3: the empty one gives the nickname up.
        session.announcements()
                .tellOnceConnected(new MsrpEvent.NicknameReceived(
                        session.id(), id, Optional.of(nickname).filter(name -> !name.isEmpty())));
    }

    private void refuse(MsrpConnection from, MsrpFrame.Other request, int status, String why) {
        endpoint.refuse(from, request, status, why, Optional.of(session.id()));
    }

    /** The answer that one waited for; a second one does nothing. */
    void answer(AnswerNickname order) {
        answer(order.exchange(), order.status(), order.comment().orElse(MsrpStatus.comment(order.status())));
    }

    private void answer(ExchangeId id, int status, String comment) {
        Waiting request = waiting.remove(id);
        if (request == null) {
            endpoint.watcher().count(MsrpCount.COMMAND_LATE);
            return;
        }
        endpoint.load().exchangeClosed();
        if (status != MsrpStatus.OK) {
            endpoint.watcher().count(MsrpCount.REQUEST_REFUSED);
        }
        request.connection()
                .respond(request.request(), session.localPath(), status, comment, Optional.of(session.id()));
    }

    Optional<Instant> nextDeadline() {
        Iterator<Waiting> oldest = waiting.values().iterator();
        return oldest.hasNext() ? Optional.of(oldest.next().deadline()) : Optional.empty();
    }

    void expire(Instant now) {
        waiting.entrySet().stream()
                .filter(entry -> !now.isBefore(entry.getValue().deadline()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(late -> {
                    endpoint.watcher().count(MsrpCount.ANSWER_EXPIRED);
                    answer(late, MsrpStatus.TIMEOUT, "Not Answered In Time");
                });
    }

    /** What waits is refused: nobody can grant it any more. */
    void close(int status) {
        List.copyOf(waiting.keySet()).forEach(id -> answer(id, status, MsrpStatus.comment(status)));
    }
}
