package org.impsiwf.msrp.session;

import java.nio.charset.StandardCharsets;
import org.impsiwf.msrp.event.MsrpContent;

/** A message that is there from its first octet to its last. */
record WholeContent(MsrpContent content, boolean hasDashes) implements OutgoingContent {
    private static final byte[] DASHES = "-------".getBytes(StandardCharsets.US_ASCII);

    static WholeContent of(MsrpContent content) {
        // A body without any line of dashes can hold no end-line.
        return new WholeContent(content, contains(content.bytes(), DASHES, 0));
    }

    @Override
    public String contentType() {
        return content.contentType();
    }

    @Override
    public long total() {
        return content.bytes().length;
    }

    @Override
    public int held() {
        return content.bytes().length;
    }

    @Override
    public int ready(long from) {
        return (int) (content.bytes().length - from);
    }

    @Override
    public boolean endsAt(long position) {
        return position == content.bytes().length;
    }

    @Override
    public void read(long from, int length, Octets to) {
        to.next(content.bytes(), (int) from, length);
    }

    @Override
    public boolean contains(byte[] wanted, long from) {
        return hasDashes && contains(content.bytes(), wanted, (int) from);
    }

    private static boolean contains(byte[] bytes, byte[] wanted, int from) {
        int last = bytes.length - wanted.length;
        for (int i = from; i <= last; i++) {
            // Look at the last of the dashes first: it lets us step over seven bytes that are none.
            if (bytes[i + 6] != '-') {
                i += 6;
            } else if (matches(bytes, i, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
