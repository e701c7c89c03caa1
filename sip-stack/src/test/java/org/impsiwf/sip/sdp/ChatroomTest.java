package org.impsiwf.sip.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.MessageMedia.Chatroom;
import org.impsiwf.sip.event.MessageMedia.Direction;
import org.impsiwf.sip.event.MessageMedia.Setup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code a=chatroom} (RFC 7701 §8). */
class ChatroomTest {

    private static final MessageMedia PLAIN = new MessageMedia(
            false,
            "127.0.0.1",
            2855,
            List.of("msrp://127.0.0.1:2855/abc;tcp"),
            List.of("message/cpim"),
            List.of("*"),
            OptionalLong.empty(),
            Setup.PASSIVE,
            Direction.SENDRECV,
            Optional.empty(),
            false);

    private static byte[] sdp(String attribute) {
        return ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                        + "m=message 7654 TCP/MSRP *\r\na=accept-types:message/cpim\r\n" + attribute
                        + "a=path:msrp://127.0.0.1:7654/abc;tcp\r\n")
                .getBytes(UTF_8);
    }

    private static Optional<Chatroom> read(byte[] sdp) throws SdpException {
        return SdpSession.start("1")
                .receiveOffer(sdp, SdpPolicy.DEFAULT)
                .media()
                .chatroom();
    }

    @ParameterizedTest
    @CsvSource({
        "a=chatroom:nickname private-messages,true,true",
        "a=chatroom:private-messages,false,true",
        "a=chatroom:x-unknown Nickname,true,false",
        "a=chatroom,false,false"
    })
    void whatTheOtherEndCanDoIsRead(String attribute, boolean nickname, boolean privateMessages) throws Exception {
        assertThat(read(sdp(attribute + "\r\n"))).contains(new Chatroom(nickname, privateMessages));
    }

    @Test
    void withoutTheAttributeThereIsNoWordOfChatRooms() throws Exception {
        assertThat(read(sdp(""))).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        for (Chatroom room : List.of(
                new Chatroom(true, true),
                new Chatroom(true, false),
                new Chatroom(false, true),
                new Chatroom(false, false))) {
            byte[] written = SdpSession.start("1").offer(PLAIN.in(room)).sdp();
            assertThat(read(written)).contains(room);
        }
        assertThat(new String(SdpSession.start("1").offer(PLAIN).sdp(), UTF_8)).doesNotContain("chatroom");
    }
}
