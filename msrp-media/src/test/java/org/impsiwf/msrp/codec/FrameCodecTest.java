package org.impsiwf.msrp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {
    static final List<String> GOLDEN = Frames.GOLDEN;

    @ParameterizedTest
    @FieldSource("GOLDEN")
    void frameIsReadAndWrittenToTheSameOctets(String frame) {
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(Frames.decode(frame), out);
        assertThat(out.toString(UTF_8)).isEqualTo(new String(Frames.wire(frame), UTF_8));
    }

    @ParameterizedTest
    @FieldSource("GOLDEN")
    void frameIsReadByteByByte(String frame) {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        ByteBuf in = Unpooled.buffer();
        List<MsrpFrame> frames = new ArrayList<>();
        for (byte octet : Frames.wire(frame)) {
            in.writeByte(octet);
            frames.addAll(Frames.decodeAll(decoder, in));
        }
        assertThat(frames).containsExactly(Frames.decode(frame));
        assertThat(decoder.midFrame()).isFalse();
    }

    @Test
    void manyFramesAreReadHoweverTheNetworkCutsThem() {
        StringBuilder stream = new StringBuilder();
        List<MsrpFrame> expected = new ArrayList<>();
        Random random = new Random(4975);
        for (int i = 0; i < 100; i++) {
            String frame = GOLDEN.get(random.nextInt(GOLDEN.size()));
            stream.append(frame);
            expected.add(Frames.decode(frame));
        }
        byte[] octets = Frames.wire(stream.toString());
        for (int round = 0; round < 50; round++) {
            FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
            ByteBuf in = Unpooled.buffer();
            List<MsrpFrame> frames = new ArrayList<>();
            for (int at = 0; at < octets.length; ) {
                int length = Math.min(octets.length - at, 1 + random.nextInt(200));
                in.writeBytes(octets, at, length);
                at += length;
                frames.addAll(Frames.decodeAll(decoder, in));
            }
            assertThat(frames).isEqualTo(expected);
        }
    }

    @Test
    void headersOfASendMeanWhatTheySay() {
        MsrpFrame.Send send = (MsrpFrame.Send) Frames.decode(Frames.FIRST_CHUNK);
        assertThat(send.transactionId()).isEqualTo("dsdfoe38sd");
        assertThat(send.byteRange()).isEqualTo(new ByteRange(1, 5, 10));
        assertThat(send.successReport()).isEqualTo(SuccessReport.YES);
        assertThat(send.failureReport()).isEqualTo(FailureReport.PARTIAL);
        assertThat(send.contentType()).isEqualTo("text/plain;charset=utf-8");
        assertThat(send.headers()).containsExactly(new MsrpFrame.Header("Content-Disposition", "inline"));
        assertThat(send.body().toString(UTF_8)).isEqualTo("first");
        assertThat(send.continuation()).isEqualTo(Continuation.MORE);
        assertThat(send.fromPath().first().host()).isEqualTo("bob.example.org");
    }

    @Test
    void absentReportHeadersMeanNoAndYes_RFC4975_7_1_1() {
        MsrpFrame.Send send = (MsrpFrame.Send) Frames.decode(Frames.SEND);
        assertThat(send.successReport()).isEqualTo(SuccessReport.NO);
        assertThat(send.failureReport()).isEqualTo(FailureReport.YES);
    }

    @Test
    void sendWithoutABodyIsNotASendWithAnEmptyBody_RFC4975_7_1() {
        String empty = """
                MSRP 9di4 SEND
                To-Path: msrp://a.example.com:1/a;tcp
                From-Path: msrp://b.example.com:2/b;tcp
                Message-ID: 12345
                Content-Type: text/plain


                -------9di4$
                """;
        assertThat(((MsrpFrame.Send) Frames.decode(Frames.BODILESS)).bodiless()).isTrue();
        MsrpFrame.Send withEmptyBody = (MsrpFrame.Send) Frames.decode(empty);
        assertThat(withEmptyBody.bodiless()).isFalse();
        assertThat(withEmptyBody.body().readableBytes()).isZero();
        assertThat(withEmptyBody.byteRange()).isEqualTo(ByteRange.WHOLE);
    }

    @Test
    void bodyMayHoldAnythingButItsOwnEndLine() {
        String tricky =
                "-------a786hjs2\r\n-------a786hjs2$x\r\n-------a786hjs2$\rx-------a786hjs2$\r\n\r\r\n-------other$\r\n\0\t";
        String frame = new String(Frames.wire(Frames.SEND), UTF_8).replace("Hey Bob, are you there?!!", tricky);
        MsrpFrame.Send send = (MsrpFrame.Send)
                Frames.decodeAll(new FrameDecoder(FrameLimits.DEFAULT), Unpooled.wrappedBuffer(frame.getBytes(UTF_8)))
                        .getFirst();
        assertThat(send.body().toString(UTF_8)).isEqualTo(tricky);
    }

    @Test
    void longChunkComesInPortionsThatFillTheirByteRanges() {
        byte[] body = new byte[100_000];
        new Random(1).nextBytes(body);
        ByteBuf stream = Unpooled.buffer();
        MsrpFrame.Send send = (MsrpFrame.Send) Frames.decode(Frames.SEND);
        FrameEncoder.encode(
                new MsrpFrame.Send(
                        "t123",
                        send.toPath(),
                        send.fromPath(),
                        "m123",
                        new ByteRange(1001, ByteRange.UNKNOWN, 200_000),
                        SuccessReport.NO,
                        FailureReport.YES,
                        "a/b",
                        List.of(),
                        Unpooled.wrappedBuffer(body),
                        Continuation.MORE),
                stream);
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        ByteBuf in = Unpooled.buffer();
        byte[] joined = new byte[body.length];
        List<Continuation> continuations = new ArrayList<>();
        while (stream.isReadable()) {
            in.writeBytes(stream, Math.min(stream.readableBytes(), 5_000));
            for (MsrpFrame frame : Frames.decodeAll(decoder, in)) {
                MsrpFrame.Send portion = (MsrpFrame.Send) frame;
                int from = (int) portion.byteRange().start() - 1001;
                portion.body().getBytes(0, joined, from, portion.body().readableBytes());
                continuations.add(portion.continuation());
                assertThat(portion.body().readableBytes()).isLessThan(FrameLimits.DEFAULT.portionBytes() + 5_001);
                portion.body().release();
            }
            in.discardReadBytes();
        }
        assertThat(joined).isEqualTo(body);
        assertThat(continuations).hasSizeGreaterThan(3).last().isEqualTo(Continuation.MORE);
        assertThat(continuations.subList(0, continuations.size() - 1)).containsOnly(Continuation.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Message-ID: 87652491|X-Nothing: 1",
                "Message-ID: 87652491|Message-ID: not valid",
                "Byte-Range: 1-25/25|Byte-Range: 0-25/25",
                "Byte-Range: 1-25/25|Byte-Range: 5-3/25",
                "Byte-Range: 1-25/25|Byte-Range: 1-26/25",
                "Byte-Range: 1-25/25|Byte-Range: 1-99999999999999999999/*",
                "Byte-Range: 1-25/25|Byte-Range: x",
                "Byte-Range: 1-25/25|Byte-Range: 1-2/3\nByte-Range: 1-2/3",
                "Byte-Range: 1-25/25|Failure-Report: maybe",
                "Byte-Range: 1-25/25|Success-Report: perhaps",
                "Byte-Range: 1-25/25|no colon here",
                "Byte-Range: 1-25/25|From-Path: msrp://second.example.com:1/x;tcp",
                "Content-Type: text/plain|Content-Type: nothing",
                "Content-Type: text/plain|X-Body: without a type"
            })
    void requestThatCannotBeUnderstoodIsAnswerable_400(String replacement) {
        String[] parts = replacement.split("\\|");
        MsrpFrame frame = Frames.decode(Frames.SEND.replace(parts[0], parts[1]));
        assertThat(frame).isInstanceOf(MsrpFrame.Malformed.class);
        assertThat(frame.transactionId()).isEqualTo("a786hjs2");
        assertThat(frame.fromPath().first().host()).isEqualTo("atlanta.example.net");
    }

    @Test
    void whatFollowsAMalformedRequestIsReadAgain() {
        String stream = Frames.SEND.replace("1-25/25", "25") + Frames.RESPONSE;
        List<MsrpFrame> frames = Frames.decodeAll(new FrameDecoder(FrameLimits.DEFAULT), Frames.buffer(stream));
        assertThat(frames).hasSize(2);
        assertThat(frames.get(1)).isEqualTo(Frames.decode(Frames.RESPONSE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\n",
                "MSRX a786hjs2 SEND\n\n",
                "MSRP a786hjs2\n\n",
                "MSRP a786hjs2 2x0 OK\n\n",
                "MSRP a786hjs2 send\nTo-Path: x\n\n",
                "MSRP a/b? SEND\n\n",
                "MSRP a786hjs2 SEND\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nTo-Path: http://x/\nFrom-Path: msrp://b:2/b;tcp\n-------a786hjs2$\n",
                "MSRP a786hjs2 SEND\nTo-Path: msrp://a:1/a;tcp\nFrom-Path: msrp://b:2/b;tcp\n-------somebody$\n",
                "MSRP a786hjs2 200 OK\nTo-Path: msrp://a:1/a;tcp\nFrom-Path: msrp://b:2/b;tcp\n\nbody\n-------a786hjs2$\n"
            })
    void whatCannotBeAnsweredEndsTheConnection(String octets) {
        assertThatThrownBy(() -> Frames.decodeAll(new FrameDecoder(FrameLimits.DEFAULT), Frames.buffer(octets)))
                .isInstanceOf(UnreadableFrame.class);
    }

    @Test
    void garbageIsToldByItsFirstOctets() {
        assertThatThrownBy(() ->
                        new FrameDecoder(FrameLimits.DEFAULT).next(Unpooled.wrappedBuffer(new byte[] {'M', 'S', 'X'})))
                .isInstanceOf(UnreadableFrame.class);
    }

    @Test
    void lineWithoutCrEndsTheConnection() {
        assertThatThrownBy(() -> new FrameDecoder(FrameLimits.DEFAULT).next(Unpooled.copiedBuffer(Frames.SEND, UTF_8)))
                .isInstanceOf(UnreadableFrame.class);
    }

    @Test
    void headThatNeverEndsEndsTheConnection() {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        ByteBuf in = Unpooled.buffer().writeBytes(Frames.wire("MSRP a786hjs2 SEND\nX-Long: "));
        assertThat(decoder.next(in)).isEmpty();
        in.writeBytes("y".repeat(FrameLimits.DEFAULT.headBytes()).getBytes(UTF_8));
        assertThatThrownBy(() -> decoder.next(in)).isInstanceOf(UnreadableFrame.class);
    }

    @Test
    void requestWithTooManyHeadersIsMalformed() {
        String many = "X-A: 1\n".repeat(FrameLimits.DEFAULT.headers());
        assertThat(Frames.decode(Frames.BODILESS.replace("Message-ID", many + "Message-ID")))
                .isInstanceOf(MsrpFrame.Malformed.class);
    }

    @Test
    void bodyOfOtherRequestsIsReadOverAndLimited_RFC4975_7_1() {
        String auth = Frames.AUTH.replace("Expires: 900\n", "Content-Type: text/plain\n\nsomething\n");
        assertThat(Frames.decode(auth)).isInstanceOf(MsrpFrame.Other.class);
        String endless =
                "MSRP 49fi AUTH\nTo-Path: msrp://a:1/a;tcp\nFrom-Path: msrp://b:2/b;tcp\n\n" + "x".repeat(20_000);
        assertThatThrownBy(() -> Frames.decodeAll(new FrameDecoder(FrameLimits.DEFAULT), Frames.buffer(endless)))
                .isInstanceOf(UnreadableFrame.class);
    }

    @Test
    void textOfOthersCannotStartAHeaderOfItsOwn() {
        MsrpFrame.Response response = (MsrpFrame.Response) Frames.decode(Frames.RESPONSE);
        ByteBuf out = Unpooled.buffer();
        FrameEncoder.encode(
                new MsrpFrame.Response(
                        response.transactionId(),
                        response.toPath(),
                        response.fromPath(),
                        403,
                        Optional.of("no\r\nTo-Path: msrp://evil:1/x;tcp"),
                        List.of()),
                out);
        assertThat(ByteBufUtil.getBytes(out)).asString(UTF_8).startsWith("MSRP a786hjs2 403 no  To-Path: msrp");
    }

    @Test
    void headerNamesAreReadInAnyCase() {
        MsrpFrame frame =
                Frames.decode(Frames.SEND.replace("Message-ID", "MESSAGE-id").replace("To-Path", "to-path"));
        assertThat(frame).isEqualTo(Frames.decode(Frames.SEND));
    }
}
