package org.impsiwf.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/** Any octets give frames or {@link UnreadableFrame}, the same however they are cut. Saved inputs run in every build. */
class MsrpFuzzTest {
    private static final FrameLimits LIMITS = new FrameLimits(2048, 16, 64, 128);

    @FuzzTest(maxDuration = "2m")
    void anyOctetsAreFramesOrUnreadable(byte[] octets) {
        List<String> whole = decode(octets, octets.length);
        List<String> bytewise = decode(octets, 1);
        // Portions of long chunks depend on the cutting; what else there is does not.
        assertThat(bytewise).isEqualTo(whole);
    }

    private static List<String> decode(byte[] octets, int step) {
        FrameDecoder decoder = new FrameDecoder(LIMITS);
        ByteBuf in = Unpooled.buffer();
        List<String> seen = new ArrayList<>();
        try {
            for (int at = 0; at < octets.length; at += step) {
                in.writeBytes(octets, at, Math.min(step, octets.length - at));
                for (Optional<MsrpFrame> next = decoder.next(in); next.isPresent(); next = decoder.next(in)) {
                    note(next.get(), seen);
                }
            }
        } catch (UnreadableFrame end) {
            seen.add("unreadable");
        } finally {
            in.release();
        }
        return seen;
    }

    private static void note(MsrpFrame frame, List<String> seen) {
        if (frame instanceof MsrpFrame.Send send) {
            send.body().release();
            if (send.continuation() != Continuation.UNFINISHED) {
                seen.add(send.startLine() + send.continuation());
            }
        } else {
            seen.add(frame.startLine());
        }
    }
}
