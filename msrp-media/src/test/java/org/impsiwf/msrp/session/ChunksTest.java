package org.impsiwf.msrp.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.msrp.codec.FrameDecoder;
import org.impsiwf.msrp.codec.FrameLimits;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.junit.jupiter.api.Test;

/** Messages cut into chunks by {@link ChunkQueue} and put together by {@link IncomingMessages}. */
class ChunksTest {
    private static final MsrpPath US = MsrpPath.parse("msrp://us:1/a;tcp");
    private static final MsrpPath THEM = MsrpPath.parse("msrp://them:2/b;tcp");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final MessageLimits LIMITS = MessageLimits.DEFAULT;

    private final Outcome outcome = new Outcome();
    private final Wire wire = new Wire();
    private final Deque<String> nextIds = new ArrayDeque<>();
    private int ids;
    private final ChunkQueue queue = new ChunkQueue(() -> nextIds.isEmpty() ? "tran" + ++ids : nextIds.poll());
    private final MemoryBudget budget = MemoryBudget.of(LIMITS.partialBytes());
    private final IncomingMessages incoming = new IncomingMessages(LIMITS, AcceptedTypes.ANY, Duration.ofSeconds(60));

    private static final class Outcome implements OutgoingMessage.Sender {
        final List<String> told = new ArrayList<>();

        @Override
        public void accepted(OutgoingMessage message) {
            told.add(message.messageId() + " accepted");
        }

        @Override
        public void refused(OutgoingMessage message, int status) {
            told.add(message.messageId() + " refused " + status);
        }

        @Override
        public void refusedLate(OutgoingMessage message, int status) {
            told.add(message.messageId() + " refused late " + status);
        }
    }

    private static final class Wire implements ChunkQueue.Output {
        final ByteBuf octets = Unpooled.buffer();
        final Map<String, OutgoingMessage> ended = new HashMap<>();

        @Override
        public ByteBuf buffer() {
            return octets;
        }

        @Override
        public void body(byte[] bytes, int from, int length) {
            octets.writeBytes(bytes, from, length);
        }

        @Override
        public void chunkBegun(String transactionId, OutgoingMessage message) {}

        @Override
        public void chunkEnded(String transactionId, OutgoingMessage message) {
            ended.put(transactionId, message);
        }

        List<MsrpFrame.Send> frames() {
            FrameDecoder decoder = new FrameDecoder(new FrameLimits(16_384, 64, Integer.MAX_VALUE, 1));
            List<MsrpFrame.Send> frames = new ArrayList<>();
            for (Optional<MsrpFrame> next = decoder.next(octets); next.isPresent(); next = decoder.next(octets)) {
                frames.add((MsrpFrame.Send) next.get());
            }
            assertThat(octets.isReadable()).as("octets that are no whole frame").isFalse();
            return frames;
        }
    }

    private OutgoingMessage message(String id, byte[] bytes, boolean longChunks) {
        return new OutgoingMessage(
                THEM,
                US,
                id,
                new MsrpContent("text/plain", bytes),
                SuccessReport.NO,
                FailureReport.YES,
                longChunks,
                outcome);
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private void writeAll() {
        boolean more = true;
        while (more) {
            more = queue.writeNext(wire);
        }
    }

    @Test
    void shortMessageIsOneChunkWithItsEndKnown() {
        queue.add(message("m-1", "hello".getBytes(UTF_8), true));
        writeAll();
        MsrpFrame.Send only = wire.frames().getFirst();
        assertThat(only.byteRange()).isEqualTo(new ByteRange(1, 5, 5));
        assertThat(only.continuation()).isEqualTo(Continuation.COMPLETE);
    }

    @Test
    void chunkBeyond2048BytesIsInterruptible_RFC4975_7_1_1() {
        queue.add(message("m-1", random(2049, 1), true));
        writeAll();
        assertThat(wire.frames().getFirst().byteRange()).isEqualTo(new ByteRange(1, ByteRange.UNKNOWN, 2049));
    }

    @Test
    void withoutLongChunksNoneExceeds2048Bytes() {
        queue.add(message("m-1", random(5_000, 1), false));
        writeAll();
        assertThat(wire.frames())
                .extracting(frame -> frame.byteRange().toString())
                .containsExactly("1-2048/5000", "2049-4096/5000", "4097-5000/5000");
    }

    @Test
    void waitingMessageInterruptsALargeOne() {
        queue.add(message("m-large", random(200_000, 1), true));
        queue.writeNext(wire);
        queue.writeNext(wire);
        queue.add(message("m-small", "hi".getBytes(UTF_8), true));
        writeAll();
        List<MsrpFrame.Send> frames = wire.frames();
        assertThat(frames.get(0).continuation()).isEqualTo(Continuation.MORE);
        assertThat(frames.get(0).body().readableBytes()).isBetween(2048, 20_000);
        assertThat(frames.get(1).messageId()).isEqualTo("m-small");
        assertThat(frames.get(2).messageId()).isEqualTo("m-large");
        assertThat(frames.get(2).byteRange().start())
                .isEqualTo(frames.get(0).body().readableBytes() + 1L);
    }

    @Test
    void responseInterruptsALargeMessageButNotBefore2048Bytes() {
        queue.add(message("m-large", random(200_000, 1), true));
        queue.writeNext(wire); // the head only
        queue.makeWay(wire);
        MsrpFrame.Send chunk = wire.frames().getFirst();
        assertThat(chunk.body().readableBytes()).isEqualTo(2048);
        assertThat(chunk.continuation()).isEqualTo(Continuation.MORE);
    }

    @Test
    void endLineInTheContentIsAvoidedByAnotherTransactionId_RFC4975_7_1() {
        nextIds.addAll(List.of("bad1", "bad2", "good"));
        queue.add(message("m-1", "text\r\n-------bad1$\r\n-------bad2+ -------goo".getBytes(US_ASCII), true));
        writeAll();
        assertThat(wire.frames()).extracting(MsrpFrame::transactionId).containsExactly("good");
    }

    @Test
    void refusedMessageEndsWithAnAbort() {
        OutgoingMessage large = message("m-large", random(200_000, 1), true);
        queue.add(large);
        queue.writeNext(wire);
        queue.writeNext(wire);
        large.chunkRefused(413);
        writeAll();
        assertThat(wire.frames())
                .singleElement()
                .extracting(MsrpFrame.Send::continuation)
                .isEqualTo(Continuation.ABORTED);
        assertThat(outcome.told).containsExactly("m-large refused 413");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void messageIsAcceptedOnceAllItsChunksAre() {
        queue.add(message("m-1", random(5_000, 1), false));
        writeAll();
        List<OutgoingMessage> chunks = List.copyOf(wire.ended.values());
        chunks.get(0).chunkAccepted();
        chunks.get(1).chunkAccepted();
        assertThat(outcome.told).isEmpty();
        chunks.get(2).chunkAccepted();
        assertThat(outcome.told).containsExactly("m-1 accepted");
    }

    @Test
    void anyMessagesInAnyOrderOfChunksComeOutWhole() {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            Map<String, byte[]> sent = new HashMap<>();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                String id = "m-" + round + "-" + i;
                byte[] bytes = random(
                        random.nextInt(3) == 0 ? random.nextInt(60_000) : random.nextInt(3_000), random.nextLong());
                sent.put(id, bytes);
                queue.add(message(id, bytes, random.nextBoolean()));
                for (int steps = random.nextInt(4); steps > 0; steps--) {
                    queue.writeNext(wire);
                    if (random.nextInt(5) == 0) {
                        queue.makeWay(wire);
                    }
                }
            }
            writeAll();
            List<MsrpFrame.Send> frames = new ArrayList<>(wire.frames());
            Collections.shuffle(frames, random); // relays may reorder (§7.3.1)
            Map<String, byte[]> received = new HashMap<>();
            for (MsrpFrame.Send frame : frames) {
                if (incoming.take(frame, budget, NOW) instanceof Verdict.Whole whole) {
                    received.put(frame.messageId(), whole.content().bytes());
                }
            }
            assertThat(received.keySet()).isEqualTo(sent.keySet());
            received.forEach((id, bytes) -> assertThat(bytes).as(id).isEqualTo(sent.get(id)));
        }
        assertThat(incoming.partialCount()).isZero();
        assertThat(budget.used()).isZero();
    }

    private static MsrpFrame.Send chunk(String id, String range, String body, Continuation continuation) {
        return new MsrpFrame.Send(
                "tran",
                US,
                THEM,
                id,
                ByteRange.parse(range),
                SuccessReport.NO,
                FailureReport.YES,
                "text/plain",
                List.of(),
                Unpooled.copiedBuffer(body, UTF_8),
                continuation);
    }

    private Verdict take(MsrpFrame.Send chunk) {
        return incoming.take(chunk, budget, NOW);
    }

    @Test
    void lastChunkReceivedTakesPrecedenceWhereChunksOverlap_RFC4975_7_3_1() {
        take(chunk("m-1", "1-6/9", "aaaaaa", Continuation.MORE));
        take(chunk("m-1", "4-8/9", "bbbbb", Continuation.MORE));
        Verdict last = take(chunk("m-1", "9-9/9", "c", Continuation.COMPLETE));
        assertThat(((Verdict.Whole) last).content().bytes()).asString(UTF_8).isEqualTo("aaabbbbbc");
    }

    @Test
    void chunkShorterThanItsRangeSaysIsTakenForWhatItHolds_RFC4975_7_3_1() {
        take(chunk("m-1", "1-9/9", "abc", Continuation.MORE));
        Verdict last = take(chunk("m-1", "4-9/9", "defghi", Continuation.COMPLETE));
        assertThat(((Verdict.Whole) last).content().bytes()).asString(UTF_8).isEqualTo("abcdefghi");
    }

    @Test
    void chunkBeyondTheEndIsRefused_400() {
        take(chunk("m-1", "5-8/*", "tail", Continuation.COMPLETE));
        assertThat(take(chunk("m-1", "9-9/*", "x", Continuation.MORE)))
                .isEqualTo(new Verdict.Refused(400, "Chunk Beyond The End"));
        assertThat(budget.used()).isZero();
    }

    @Test
    void tooManyMessagesAtOnceAreRefused_413() {
        for (int i = 0; i < LIMITS.partialMessages(); i++) {
            assertThat(take(chunk("m-" + i, "1-1/2", "x", Continuation.MORE))).isInstanceOf(Verdict.Noted.class);
        }
        assertThat(take(chunk("m-more", "1-1/2", "x", Continuation.MORE)))
                .extracting(verdict -> ((Verdict.Refused) verdict).status())
                .isEqualTo(413);
        incoming.clear();
        assertThat(budget.used()).isZero();
    }

    @Test
    void tooManyHolesAreRefused_413() {
        Verdict verdict = new Verdict.Noted();
        for (int i = 0; i <= LIMITS.holes(); i++) {
            verdict = take(chunk("m-1", (2 * i + 1) + "-*/10000", "x", Continuation.MORE));
        }
        assertThat(((Verdict.Refused) verdict).status()).isEqualTo(413);
        assertThat(budget.used()).isZero();
    }

    @Test
    void memoryOfBegunMessagesIsBounded_413() {
        MemoryBudget small = MemoryBudget.of(50_000);
        assertThat(incoming.take(chunk("m-1", "1-*/40000", "x".repeat(30_000), Continuation.MORE), small, NOW))
                .isInstanceOf(Verdict.Noted.class);
        Verdict refused = incoming.take(chunk("m-2", "1-*/40000", "x".repeat(30_000), Continuation.MORE), small, NOW);
        assertThat(((Verdict.Refused) refused).status()).isEqualTo(413);
        incoming.clear();
        assertThat(small.used()).isZero();
    }

    @Test
    void farStartOfATinyChunkCostsWhatItClaims() {
        MemoryBudget small = MemoryBudget.of(50_000);
        Verdict refused = incoming.take(chunk("m-1", "900000-900000/1000000", "x", Continuation.MORE), small, NOW);
        assertThat(((Verdict.Refused) refused).status()).isEqualTo(413);
        assertThat(small.used()).isZero();
    }

    @Test
    void messageIdsAreRememberedWithinBounds() {
        for (int i = 0; i < LIMITS.remembered() + 10; i++) {
            take(chunk("m-" + i, "1-1/1", "x", Continuation.COMPLETE));
            incoming.answered("m-" + i, 200);
        }
        assertThat(take(chunk("m-0", "1-1/1", "x", Continuation.COMPLETE))).isInstanceOf(Verdict.Whole.class);
        assertThat(take(chunk("m-" + (LIMITS.remembered() + 9), "1-1/1", "x", Continuation.COMPLETE)))
                .isInstanceOf(Verdict.Repeated.class);
    }

    @Test
    void coveredBytesAgreeWithASimplerCount() {
        Random random = new Random(9);
        for (int round = 0; round < 2_000; round++) {
            CoveredBytes covered = new CoveredBytes();
            boolean[] simple = new boolean[64];
            for (int i = 0; i < 8; i++) {
                int from = random.nextInt(64);
                int to = from + random.nextInt(64 - from);
                covered.add(from, to);
                Arrays.fill(simple, from, to, true);
            }
            int total = 1 + random.nextInt(64);
            boolean all = true;
            int pieces = 0;
            for (int i = 0; i < 64; i++) {
                all &= i >= total || simple[i];
                pieces += simple[i] && (i == 0 || !simple[i - 1]) ? 1 : 0;
            }
            assertThat(covered.whole(total)).isEqualTo(all);
            assertThat(covered.pieces()).isEqualTo(pieces);
        }
    }

    @Test
    void typesAreMatchedWithoutParametersAndWithWildcards() {
        AcceptedTypes types = new AcceptedTypes(List.of("Message/CPIM", "image/*"), List.of("text/plain"));
        assertThat(types.takes("message/cpim")).isTrue();
        assertThat(types.takes("image/png; q=1")).isTrue();
        assertThat(types.takes("text/plain")).isFalse();
        assertThat(types.takesWrapped("TEXT/plain;charset=utf-8")).isTrue();
        assertThat(types.takesWrapped("text/html")).isFalse();
        assertThat(new AcceptedTypes(List.of("*"), List.of()).takes("any/thing"))
                .isTrue();
    }

    @Test
    void wrappedTypeThatWasNotOfferedIsRefused_415_AndABrokenEnvelope_400() {
        IncomingMessages strict = new IncomingMessages(
                LIMITS, new AcceptedTypes(List.of("message/cpim"), List.of("text/plain")), Duration.ofSeconds(60));
        String envelope = "From: <im:a@b>\r\n\r\nContent-Type: %s\r\n\r\nx";
        assertThat(strict.take(cpim(envelope.formatted("text/plain")), budget, NOW))
                .isInstanceOf(Verdict.Whole.class);
        assertThat(((Verdict.Refused) strict.take(cpim(envelope.formatted("image/png")), budget, NOW)).status())
                .isEqualTo(415);
        assertThat(((Verdict.Refused) strict.take(cpim("nothing"), budget, NOW)).status())
                .isEqualTo(400);
    }

    private int envelopes;

    private MsrpFrame.Send cpim(String body) {
        MsrpFrame.Send plain = chunk("m-c" + ++envelopes, "1-*/*", body, Continuation.COMPLETE);
        return new MsrpFrame.Send(
                plain.transactionId(),
                plain.toPath(),
                plain.fromPath(),
                plain.messageId(),
                plain.byteRange(),
                plain.successReport(),
                plain.failureReport(),
                "message/cpim",
                plain.headers(),
                plain.body(),
                plain.continuation());
    }
}
