package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpCommand.AddRecipient;
import org.impsiwf.msrp.event.MsrpCommand.Recipient;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.MessageBegun;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.session.RelayLimits;

/** A chat room of an endpoint: sessions of members, each with a far end that does what the test wants. */
final class ChatRoom implements AutoCloseable {
    static final String HEAD = "From: <sip:room@example.com;screen-name=Ann>\r\nTo: <sip:room@example.com>\r\n\r\n"
            + "Content-Type: image/png\r\n\r\n";

    final Node node;
    private final List<RawPeer> peers = new ArrayList<>();
    private final List<String> sessions = new ArrayList<>();

    ChatRoom(RelayLimits limits) {
        this(limits, Optional.empty());
    }

    ChatRoom(RelayLimits limits, Optional<MsrpTime> time) {
        node = new Node(MsrpSettings.listeningOn("127.0.0.1", 0).withRelaying(limits), time);
    }

    /** A member whose far end is connected. */
    RoomPeer enter(String name) {
        MsrpSessionId session = new MsrpSessionId(name);
        node.execute(new MsrpCommand.PrepareSession(
                session, false, List.of(), List.of(), Optional.empty(), Optional.empty(), /* chatroom= */ true));
        String path = node.events
                .await(MsrpEvent.SessionPrepared.class, e -> e.session().equals(session))
                .local()
                .path();
        String far = "msrp://far.example.com:9/" + name + ";tcp";
        RawPeer peer = RawPeer.to(node);
        node.connect(name, false, far, Optional.empty());
        peer.send("MSRP bind SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: empty1\nByte-Range: 1-0/0\n-------bind$\n"
                .formatted(path, far));
        assertThat(peer.next(MsrpFrame.Response.class).status()).isEqualTo(200);
        node.awaitConnected(name);
        peers.add(peer);
        sessions.add(name);
        return new RoomPeer(name, peer, path, far);
    }

    MessageBegun begun() {
        return node.events.await(MessageBegun.class, e -> true);
    }

    /** The message goes to these, with other headers than it came with. */
    void relay(MessageBegun begun, List<RoomPeer> to) {
        // In both orders: the mailboxes that say this do not wait for each other.
        to.stream().limit(1).forEach(member -> add(begun, member));
        node.execute(new MsrpCommand.RelayMessage(
                begun.session(), begun.exchange(), new MsrpContent("message/cpim", HEAD.getBytes(UTF_8)), to.size()));
        to.stream().skip(1).forEach(member -> add(begun, member));
    }

    void add(MessageBegun begun, RoomPeer member) {
        Recipient recipient = new Recipient(new MsrpSessionId(member.name()), "relayed-1");
        node.execute(new AddRecipient(begun.session(), begun.exchange(), Optional.of(recipient), false));
    }

    MsrpEvent.MessageRelayed relayed() {
        return node.events.await(MsrpEvent.MessageRelayed.class, e -> true);
    }

    void answer(MsrpEvent.MessageRelayed relayed, int status) {
        node.execute(new MsrpCommand.AnswerMessage(relayed.session(), relayed.exchange(), status, Optional.empty()));
    }

    @Override
    public void close() {
        sessions.forEach(node::closeSession);
        peers.forEach(RawPeer::close);
    }
}
