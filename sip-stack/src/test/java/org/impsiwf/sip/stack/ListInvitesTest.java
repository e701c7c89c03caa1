package org.impsiwf.sip.stack;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.stack.ConferenceRequests.entry;
import static org.impsiwf.sip.stack.ConferenceRequests.invite;
import static org.impsiwf.sip.stack.ConferenceRequests.list;
import static org.impsiwf.sip.stack.ConferenceRequests.listPart;
import static org.impsiwf.sip.stack.ConferenceRequests.mixed;
import static org.impsiwf.sip.stack.ConferenceRequests.mixedHeader;
import static org.impsiwf.sip.stack.ConferenceRequests.packedListPart;
import static org.impsiwf.sip.stack.ConferenceRequests.sdpPart;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.CopyControl;
import org.impsiwf.sip.list.ResourceLists;
import org.impsiwf.sip.resolve.Transport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** INVITEs with a URI list, on real sockets (RFC 5366). */
class ListInvitesTest {

    @AutoClose
    private final EdgeUnderTest iwf = new EdgeUnderTest("udp:127.0.0.1:0", "tcp:127.0.0.1:0");

    @AutoClose
    private final WirePeer alice = WirePeer.tcp(iwf.on(Transport.TCP));

    private SipEvent.InviteReceived received(String invite) {
        alice.send(invite);
        return iwf.await(SipEvent.InviteReceived.class);
    }

    private static List<String> uris(SipEvent.InviteReceived invite) {
        return invite.conferencing().list().orElseThrow().entries().stream()
                .map(entry -> entry.uri().value())
                .toList();
    }

    static Stream<Arguments> waysToPackAList() {
        String both = list(entry("sip:bob@a", "to"), entry("sip:tom@a", "cc"));
        return Stream.of(
                Arguments.of("after the SDP", List.of(sdpPart(), listPart(both))),
                Arguments.of("before the SDP", List.of(listPart(both), sdpPart())),
                Arguments.of("in base64", List.of(packedListPart(both), sdpPart())),
                Arguments.of(
                        "in a multipart of its own",
                        List.of(sdpPart(), mixedHeader("b2") + "\r\n" + mixed("b2", listPart(both)))),
                Arguments.of(
                        "beside a part that nobody has to know",
                        List.of(
                                "Content-Type: text/x-unknown\r\nContent-Disposition: x;handling=optional\r\n\r\n?",
                                listPart(both),
                                sdpPart())),
                Arguments.of(
                        "in two parts, which are one list",
                        List.of(
                                listPart(list(entry("sip:bob@a", "to"))),
                                sdpPart(),
                                listPart(list(entry("sip:tom@a", "cc"), entry("sip:bob@a", "bcc"))))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToPackAList")
    @Tag("SIPX-01")
    @Tag("SIPX-07")
    @Tag("SIPX-08")
    @Tag("SIPX-09")
    void theListIsFoundWhereverItStands_RFC5366_RFC5363_4_1(String how, List<String> parts) {
        var invite = received(
                invite(Requests.Caller.of(alice), "Require: recipient-list-invite\r\n", parts.toArray(String[]::new)));
        assertThat(uris(invite)).as(how).containsExactly("sip:bob@a", "sip:tom@a");
        assertThat(invite.conferencing().list().orElseThrow().entries())
                .extracting(UriList.Entry::copyControl)
                .containsExactly(CopyControl.TO, CopyControl.CC);
        assertThat(invite.offer().orElseThrow().path())
                .singleElement(as(InstanceOfAssertFactories.STRING))
                .startsWith("msrp://");
        assertThat(invite.otherBodies()).noneMatch(body -> body.contentType().contains("resource-lists"));
    }

    @Test
    @Tag("SIPX-09")
    void anOfferWithoutAPathBesideTheListIsNotAcceptable_488() {
        String pathless = sdpPart().replaceAll("a=path:[^\r\n]*\r\n", "");
        alice.send(invite(Requests.Caller.of(alice), "", pathless, listPart(list(entry("sip:bob@a", "to")))));
        assertThat(alice.awaitFinal("INVITE").status()).isEqualTo(488);
        assertThat(iwf.events).isEmpty();
    }

    @Test
    void whoHostsTheConferenceSaysIsfocus_RFC4579_4() {
        var caller = Requests.Caller.of(alice);
        String contact = caller.contact().replace(">", ">;isfocus");
        alice.send(caller.request(
                "INVITE",
                "sip:iwf@iwf.example.com",
                1,
                "",
                contact + mixedHeader("b1"),
                mixed("b1", sdpPart(), listPart(list(entry("sip:bob@a", "to"))))));
        assertThat(iwf.await(SipEvent.InviteReceived.class).conferencing().isFocus())
                .isTrue();
        assertThat(received(Requests.Caller.of(alice).invite("")).conferencing().isFocus())
                .isFalse();
    }

    @Test
    void aListOfWhoElseWasInvitedIsNoRequest_RFC5366_5_2() {
        var invite = received(invite(
                Requests.Caller.of(alice),
                "",
                sdpPart(),
                listPart(list(entry("sip:bob@a", "to")))
                        .replace("recipient-list", "recipient-list-history; handling=optional")));
        assertThat(invite.conferencing().list()).isEmpty();
        assertThat(invite.otherBodies()).hasSize(1);
    }

    static Stream<Arguments> listsThatAreRefused() {
        String entries = String.join(
                "\r\n",
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "<entry uri=\"sip:a@x\"/>")
                        .toList());
        return Stream.of(
                Arguments.of("nobody in it", 400, list()),
                Arguments.of("cut off", 400, list(entry("sip:bob@a", "to")).substring(0, 120)),
                Arguments.of("no XML", 400, "sip:bob@a"),
                Arguments.of("an entry without a URI", 400, list("<entry/>")),
                Arguments.of(
                        "an entity",
                        400,
                        "<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>" + list("<entry uri='sip:&a;@x'/>")),
                Arguments.of("ten thousand entries", 413, list(entries)),
                Arguments.of(
                        "a hundred levels",
                        413,
                        list(String.join("", Collections.nCopies(100, "<list>"))
                                + String.join("", Collections.nCopies(100, "</list>")))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("listsThatAreRefused")
    void aListThatCannotBeTakenIsRefusedWithAReason(String what, int status, String document) {
        alice.send(invite(Requests.Caller.of(alice), "", sdpPart(), listPart(document)));
        RawMessage answer = alice.awaitFinal("INVITE");
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.startLine()).containsIgnoringCase("list");
        assertThat(iwf.events).isEmpty();
        assertThat(iwf.edge.snapshot().waitingRequests()).isZero();
    }

    @Test
    void whatWeCanDoIsInOptionsAndInAnswers_RFC5366_5() {
        var caller = Requests.Caller.of(alice);
        alice.send(caller.request("OPTIONS", ConferenceRequests.FACTORY, 1, "", "", ""));
        assertThat(alice.awaitFinal("OPTIONS").header("Supported"))
                .contains("recipient-list-invite", "replaces", "norefersub");
        var invite = received(Requests.Caller.of(alice).invite("Supported: replaces, timer\r\n"));
        assertThat(invite.head().supported()).containsExactly("replaces", "timer");
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        assertThat(alice.awaitFinal("INVITE").header("Supported")).contains("recipient-list-invite", "replaces");
    }

    @Test
    void aListInAReinviteIsHandedOver_RFC5366_5_1() {
        var caller = Requests.Caller.of(alice);
        var invite = received(caller.invite(""));
        iwf.edge.execute(new SipCommand.AcceptInvite(invite.usage(), Requests.OURS));
        RawMessage ok = alice.awaitFinal("INVITE");
        alice.send(caller.ack(ok, ""));
        String body = mixed("b1", sdpPart(), listPart(list(entry("sip:tom@a", "to"))));
        String again = caller.inDialog("INVITE", 2, ok, "");
        alice.send(again.replace(
                "Content-Length: 0\r\n\r\n",
                mixedHeader("b1") + "Content-Length: " + body.length() + "\r\n\r\n" + body));
        assertThat(iwf.await(SipEvent.ReinviteReceived.class)
                        .conferencing()
                        .list()
                        .orElseThrow()
                        .entries())
                .extracting(entry -> entry.uri().value())
                .containsExactly("sip:tom@a");
    }

    @Test
    void whoElseWasInvitedGoesWithOurInviteToWhomCanReadIt_RFC5366_5_2() {
        try (var tom = WirePeer.tcpListening("127.0.0.1")) {
            UriList others = new UriList(List.of(UriList.Entry.to(new SipUri("sip:bob@a"))));
            iwf.edge.execute(new SipCommand.SendInvite(
                    new InviteUsageId("P:room!tom#1"),
                    new Sender(NameAddr.of(new SipUri("sip:/room@iwf.example.com")), false),
                    new SipUri("sip:tom@" + tom.hostPort() + ";transport=tcp"),
                    Requests.OUR_OFFER,
                    List.of(new Body(ResourceLists.MEDIA_TYPE, ResourceLists.history(others))),
                    Duration.ofSeconds(60),
                    Map.of("Session-Replaces", "contribution-1"),
                    Optional.empty(),
                    Optional.empty()));
            RawMessage invite = tom.awaitRequest("INVITE");
            assertThat(invite.header("Content-Type")).startsWith("multipart/mixed");
            assertThat(invite.header("Session-Replaces")).isEqualTo("contribution-1");
            assertThat(invite.body())
                    .contains("Content-Disposition: recipient-list-history; handling=optional\r\n")
                    .contains("uri=\"sip:bob@a\"")
                    .contains("m=message");
        }
    }
}
