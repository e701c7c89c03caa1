package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive.KeepAliveRequest;
import org.impsiwf.ssp.primitives.SessionPrimitive.LoginRequest;
import org.impsiwf.ssp.primitives.SessionPrimitive.SendSecretToken;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SspCodecTest {

    private final SspCodec codec = new SspCodec();

    @Test
    void readsBackWhatItWrites() throws Exception {
        SspMessage message = inSession(sendMessage("Müller & <Söhne> \"\uD83D\uDE00\""));

        Decoded decoded = codec.decode(codec.encode(message, Dialect.OMA_1_3), Dialect.OMA_1_3);

        assertThat(decoded.message()).isEqualTo(message);
        assertThat(decoded.refused()).isEmpty();
        assertThat(decoded.skippedElements()).isZero();
    }

    @Test
    @Tag("SSP-108")
    void readsBackAStatusWithAllThatItMaySay() throws Exception {
        SystemMessage maintenance = new SystemMessage(
                "m-1",
                true,
                "We close at noon.",
                List.of(new SystemMessage.AnswerOption("1", "Fine")),
                Optional.of("7"),
                Optional.empty());
        Status status = new Status(
                201,
                Optional.of("partly"),
                List.of(Status.DetailedResult.ofUsers(
                        StatusCode.UNKNOWN_USER, List.of(new UserId("wv:nobody@b.example")))),
                Optional.of(Duration.ofSeconds(60)),
                List.of(maintenance));
        SspMessage message =
                InSession.of(new SessionId("s@a"), new Transaction(Mode.RESPONSE, new TransactionId("t"), status));

        assertThat(codec.decode(codec.encode(message, Dialect.OMA_1_3), Dialect.OMA_1_3)
                        .message())
                .isEqualTo(message);
    }

    @Test
    void oneWrongTransactionLeavesTheOthersOfTheMessageAlone() throws Exception {
        String xml = session(transaction("t1", "<KeepAliveRequest timeToLive='soon'/>")
                + transaction("t2", "<KeepAliveRequest/>")
                + transaction("t3", "<GetServiceRequest/>"));

        Decoded decoded = codec.decode(xml.getBytes(UTF_8), Dialect.OMA_1_3);

        assertThat(decoded.message())
                .isEqualTo(InSession.of(
                        new SessionId("s@a"),
                        new Transaction(
                                Mode.REQUEST, new TransactionId("t2"), new KeepAliveRequest(Optional.empty()))));
        assertThat(decoded.refused()).hasSize(2);
        DecodeException first = decoded.refused().getFirst();
        assertThat(first.path()).isEqualTo("/KeepAliveRequest/@timeToLive");
        assertThat(first.statusCode()).isEqualTo(402);
        assertThat(first.envelope().sessionId()).contains(new SessionId("s@a"));
        assertThat(first.envelope().transactionId()).contains(new TransactionId("t1"));
        assertThat(first.envelope().mode()).isEqualTo(Mode.REQUEST);
        assertThat(decoded.refused().getLast().path()).isEqualTo("/GetServiceRequest/MetaInfo");
        assertThat(decoded.refused().getLast().statusCode()).isEqualTo(400);
    }

    private static SspMessage inSession(SendMessageRequest request) {
        return InSession.of(new SessionId("s@a"), new Transaction(Mode.REQUEST, new TransactionId("t1"), request));
    }

    private static SendMessageRequest sendMessage(String text) {
        UserId alice = new UserId("wv:alice@a.example");
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId("m1@a.example")),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.of(text),
                Optional.of(2L),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(User.of("wv:bob@b.example"))),
                Optional.of(MessageInfo.Sender.of(User.of(alice))),
                Optional.empty());
        MetaInformation meta = MetaInformation.ofUser(new ServiceId("wv:@a.example"), alice);
        return new SendMessageRequest(meta, true, info, Optional.of(Content.text(text)));
    }

    private static String session(String transactions) {
        return "<WV-SSP-Message><Session sessionID='s@a'>" + transactions + "</Session></WV-SSP-Message>";
    }

    private static String transaction(String id, String primitive) {
        return "<Transaction mode='Request' transactionID='" + id + "'>" + primitive + "</Transaction>";
    }

    @Test
    void elementsThatNobodyKnowsAreSkippedAndCounted() throws Exception {
        String xml = session("<Strange><Deep/><Deep/></Strange>"
                + transaction("t1", "<KeepAliveRequest strange='1'><Strange>text<a/></Strange></KeepAliveRequest>"));

        Decoded decoded = codec.decode(xml.getBytes(UTF_8), Dialect.OMA_1_3);

        assertThat(decoded.skippedElements()).isEqualTo(2);
        assertThat(((InSession) decoded.message()).transactions().getFirst().primitive())
                .isEqualTo(new KeepAliveRequest(Optional.empty()));
    }

    @Test
    void longListsKeepTheirOrder() throws Exception {
        List<String> joined =
                IntStream.range(0, 1_000).mapToObj(i -> "member " + i).toList();
        GroupChangeNotice notice = new GroupChangeNotice(
                MetaInformation.ofServer(new ServiceId("wv:@b.example")),
                joined.stream()
                        .map(name -> User.of("wv:" + name.replace(' ', '-') + "@a.example"))
                        .toList(),
                new GroupId("wv:team@b.example"),
                joined,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        SspMessage message = InSession.of(
                new SessionId("s@b.example"), new Transaction(Mode.REQUEST, new TransactionId("t1"), notice));

        assertThat(codec.decode(codec.encode(message, Dialect.OMA_1_3), Dialect.OMA_1_3)
                        .message())
                .isEqualTo(message);
    }

    @Test
    void oneCodecServesManyThreadsAlsoWhileStrangeNamesReplaceItsParser() throws Exception {
        SspMessage message = inSession(sendMessage("for all"));
        byte[] bytes = codec.encode(message, Dialect.OMA_1_3);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> outcomes = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> sameEachTime(message, bytes, thread)))
                    .toList();
            for (Future<Boolean> outcome : outcomes) {
                assertThat(outcome.get()).isTrue();
            }
        }
    }

    private boolean sameEachTime(SspMessage message, byte[] bytes, int thread) throws Exception {
        boolean same = true;
        for (int round = 0; round < 50; round++) {
            StringBuilder strange = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                strange.append("<s-%d-%d-%d/>".formatted(thread, round, i));
            }
            String xml = session(strange + transaction("t1", "<LogoutRequest/>"));
            same &= codec.decode(xml.getBytes(UTF_8), Dialect.OMA_1_3).skippedElements() == 100;
            same &= codec.decode(bytes, Dialect.OMA_1_3).message().equals(message);
        }
        return same;
    }

    @Test
    void noSecretIsInTheTextOfAPrimitive() {
        MetaInformation meta = MetaInformation.ofServer(new ServiceId("wv:@a.example"));
        assertThat(List.of(
                        new SendSecretToken(meta.serviceId(), "WV-SSP", "1.3", "hush"),
                        new LoginRequest(
                                Optional.empty(),
                                meta.serviceId(),
                                Optional.empty(),
                                Octets.utf8("hush"),
                                Optional.empty()),
                        new UserLoginRequest(
                                meta,
                                Optional.empty(),
                                Optional.of("hush"),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                List.of()),
                        sendMessage("hush").content().orElseThrow()))
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain("hush"));
    }
}
