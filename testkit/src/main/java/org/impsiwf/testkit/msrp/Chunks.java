package org.impsiwf.testkit.msrp;

import java.util.List;

/** Puts the chunks of one message together by their byte ranges (RFC 4975 §7.3.1), in whatever order they came. */
final class Chunks {
    private Chunks() {}

    static ReceivedMessage joined(List<MsrpFrame> chunks) {
        long end = 0;
        for (MsrpFrame chunk : chunks) {
            end = Math.max(end, start(chunk) + chunk.body().orElseThrow().length);
        }
        byte[] content = new byte[Math.toIntExact(end)];
        for (MsrpFrame chunk : chunks) {
            byte[] part = chunk.body().orElseThrow();
            System.arraycopy(part, 0, content, start(chunk), part.length);
        }
        MsrpFrame first = chunks.getFirst();
        return new ReceivedMessage(
                first.messageId(),
                first.header("Content-Type").orElse(""),
                content,
                chunks.size(),
                reportWanted(first));
    }

    static boolean reportWanted(MsrpFrame send) {
        return send.header("Success-Report").orElse("no").equalsIgnoreCase("yes");
    }

    private static int start(MsrpFrame chunk) {
        return Math.toIntExact(chunk.byteRange().start() - 1);
    }
}
