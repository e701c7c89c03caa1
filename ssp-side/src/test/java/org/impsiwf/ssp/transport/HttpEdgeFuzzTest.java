package org.impsiwf.ssp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Any bytes on a connection end in messages of allowed size, in a refusal, or in patience; never in an exception. */
class HttpEdgeFuzzTest {

    private static final HttpLimits LIMITS = new HttpLimits(
            4096, 1024, 10, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));

    @FuzzTest(maxDuration = "30s")
    void anyBytesAreTakenOrRefused(FuzzedDataProvider data) {
        int cut = data.consumeInt(1, 64);
        byte[] bytes = data.consumeRemainingAsBytes();
        AtomicInteger messages = new AtomicInteger();
        RequestClock clock = new RequestClock(LIMITS, TransportCounters.NONE);
        EmbeddedChannel channel = new EmbeddedChannel(
                clock,
                new PlainPortGuard(TransportCounters.NONE),
                new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(LIMITS.headerBytes())),
                new PostReceiver(
                        LIMITS,
                        clock,
                        (from, body) -> {
                            assertThat(body.length).isLessThanOrEqualTo(LIMITS.messageBytes());
                            messages.incrementAndGet();
                            return CompletableFuture.completedFuture(Receipt.TAKEN);
                        },
                        TransportCounters.NONE));
        for (int at = 0; at < bytes.length && channel.isOpen(); at += cut) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, at, Math.min(cut, bytes.length - at)));
        }
        assertThat(receipts(channel)).isGreaterThanOrEqualTo(messages.get());
        channel.finishAndReleaseAll();
    }

    /** How many answers left; every message must have one. */
    private static int receipts(EmbeddedChannel channel) {
        StringBuilder answers = new StringBuilder();
        for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out instanceof ByteBuf bytes) {
                answers.append(bytes.toString(StandardCharsets.ISO_8859_1));
            }
            ReferenceCountUtil.release(out);
        }
        return answers.toString().split("HTTP/1\\.1 ", -1).length - 1;
    }
}
