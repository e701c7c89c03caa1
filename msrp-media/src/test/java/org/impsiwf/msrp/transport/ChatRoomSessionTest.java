package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.MessageAccepted;
import org.impsiwf.msrp.event.MsrpEvent.MessageRefused;
import org.impsiwf.msrp.event.MsrpEvent.NicknameReceived;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.message.MsrpFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members' sessions with our MSRP switch (RFC 7701). */
class ChatRoomSessionTest {
    private static final MsrpSessionId ROOM = new MsrpSessionId("room");

    private final Node node = Node.onLoopback();
    private RawPeer peer;
    private String path;

    @BeforeEach
    void aMemberIsIn() {
        path = prepare(ROOM, true);
        peer = bind("room", path, "far1");
    }

    @AfterEach
    void nothingIsLeft() {
        node.closeSession("room");
        peer.close();
        await().until(() -> node.endpoint.snapshot().idle());
        node.close();
    }

    private String prepare(MsrpSessionId session, boolean chatroom) {
        node.execute(new MsrpCommand.PrepareSession(
                session, false, List.of(), List.of(), Optional.empty(), Optional.empty(), chatroom));
        return node.events
                .await(MsrpEvent.SessionPrepared.class, e -> e.session().equals(session))
                .local()
                .path();
    }

    private RawPeer bind(String session, String to, String name) {
        RawPeer member = RawPeer.to(node);
        node.connect(session, false, far(name), Optional.empty());
        member.send("MSRP bind SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: empty1\nByte-Range: 1-0/0\n-------bind$\n"
                .formatted(to, far(name)));
        assertThat(member.next(MsrpFrame.Response.class).status()).isEqualTo(200);
        node.awaitConnected(session);
        return member;
    }

    private static String far(String name) {
        return "msrp://far.example.com:9/" + name + ";tcp";
    }

    private void nickname(String transaction, String headers) {
        nickname(peer, path, "far1", transaction, headers);
    }

    private static void nickname(RawPeer from, String to, String name, String transaction, String headers) {
        from.send("MSRP %s NICKNAME\nTo-Path: %s\nFrom-Path: %s\n%s-------%s$\n"
                .formatted(transaction, to, far(name), headers, transaction));
    }

    private void answered(String transaction, int status) {
        MsrpFrame.Response response = peer.next(MsrpFrame.Response.class);
        assertThat(response.transactionId()).isEqualTo(transaction);
        assertThat(response.status()).as("response to %s", transaction).isEqualTo(status);
    }

    private void answer(ExchangeId exchange, int status) {
        node.execute(new MsrpCommand.AnswerNickname(ROOM, exchange, status, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 425})
    @DisplayName("RFC 7701 §7.1: a NICKNAME gets the answer that the switch gives")
    void aNicknameIsAnsweredAsTheSwitchDecides(int status) {
        nickname("nick1", "Use-Nickname: \"Alice the \\\"great\\\"\"\n");
        NicknameReceived asked = node.events.next(NicknameReceived.class);
        assertThat(asked.nickname()).contains("Alice the \"great\"");
        assertThat(node.endpoint.snapshot().idle()).isFalse();
        answer(asked.exchange(), status);
        answered("nick1", status);
    }

    @Test
    @DisplayName("RFC 7701 §7.3: an empty quoted string gives the nickname up")
    void anEmptyNicknameIsNone() {
        nickname("nick1", "Use-Nickname: \"\"\n");
        NicknameReceived asked = node.events.next(NicknameReceived.class);
        assertThat(asked.nickname()).isEmpty();
        answer(asked.exchange(), 200);
        answered("nick1", 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alice", "\"Al\"ice\"", "\"Alice"})
    @DisplayName("RFC 7701 §7.1: 424 when the value does not conform to the syntax")
    void refusesAMalformedNickname_424(String value) {
        nickname("nick1", "Use-Nickname: " + value + "\n");
        answered("nick1", 424);
    }

    @ParameterizedTest
    @CsvSource({"1023, true", "1024, false"})
    @DisplayName("RFC 7701 §7.1: not more than 1023 octets")
    void countsTheOctetsOfANickname(int octets, boolean taken) {
        // Two octets each, and one of one where they do not come out even.
        String nickname = "é".repeat(octets / 2) + "x".repeat(octets % 2);
        nickname("nick1", "Use-Nickname: \"" + nickname + "\"\n");
        if (taken) {
            answer(node.events.next(NicknameReceived.class).exchange(), 200);
        }
        answered("nick1", taken ? 200 : 424);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Success-Report: no", "Failure-Report: no", "Failure-Report: partial"})
    @DisplayName("RFC 7701 §7.1: NICKNAME requests MUST NOT include Success-Report or Failure-Report")
    void refusesANicknameWithReportHeaders_400(String header) {
        nickname("nick1", header + "\nUse-Nickname: \"Alice\"\n");
        answered("nick1", 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Use-Nickname: \"Al\"\nUse-Nickname: \"Bo\"\n"})
    @DisplayName("RFC 7701 §7.1: a NICKNAME has one Use-Nickname")
    void refusesANicknameWithoutOneName_400(String headers) {
        nickname("nick1", headers);
        answered("nick1", 400);
    }

    @Test
    @DisplayName("RFC 4975 §10.11: 501 where there is no chat room")
    void refusesANicknameInATalkOfTwo_501() {
        String two = prepare(new MsrpSessionId("two"), false);
        try (RawPeer other = bind("two", two, "far2")) {
            nickname(other, two, "far2", "nick1", "Use-Nickname: \"Alice\"\n");
            assertThat(other.next(MsrpFrame.Response.class).status()).isEqualTo(501);
        }
        node.closeSession("two");
    }

    @Test
    void refusesANicknameOfSomebodyElse_481() {
        try (RawPeer stranger = RawPeer.to(node)) {
            nickname(stranger, path, "far1", "nick1", "Use-Nickname: \"Alice\"\n");
            assertThat(stranger.next(MsrpFrame.Response.class).status()).isEqualTo(481);
        }
    }

    @Test
    void refusesTheNinthNicknameThatWaits_408() {
        for (int i = 0; i < 9; i++) {
            nickname("nick" + i, "Use-Nickname: \"Alice\"\n");
        }
        answered("nick8", 408);
    }

    @Test
    @DisplayName("RFC 7701 §6.4: a member that takes nothing is refused further messages at once, and slows nobody")
    void aSlowMemberSlowsNobody() {
        MsrpSessionId quick = new MsrpSessionId("quick");
        try (RawPeer other = bind("quick", prepare(quick, true), "far2")) {
            int sent = 0;
            // The slow one answers nothing: what waits for its answers is bounded.
            for (; node.count(MsrpCount.MEMBER_CONGESTED) == 0 && sent < 300; sent++) {
                node.send("room", "slow" + String.format("%04d", sent), "hello".getBytes(UTF_8));
                node.send("quick", "quick" + String.format("%04d", sent), "hello".getBytes(UTF_8));
                other.respond(other.next(MsrpFrame.Send.class), 200);
            }
            MessageRefused refused =
                    node.events.await(MessageRefused.class, e -> e.session().equals(ROOM));
            assertThat(refused.status()).isEqualTo(408);
            assertThat(sent).as("messages before the mark").isGreaterThan(200);
            node.send("quick", "quicklast", "hello".getBytes(UTF_8));
            other.respond(other.next(MsrpFrame.Send.class), 200);
            node.events.await(MessageAccepted.class, e -> e.messageId().equals("quicklast"));
        }
        node.closeSession("quick");
    }
}
