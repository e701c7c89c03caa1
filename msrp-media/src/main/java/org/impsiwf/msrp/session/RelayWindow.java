package org.impsiwf.msrp.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The octets of a message that have come and that not everybody has got yet. Those who read are at different places; what the last of
 * them is past is given back. Safe from any thread: nothing waits in here.
 */
public final class RelayWindow {
    static final int SEGMENT = 16 * 1024;

    private final List<byte[]> segments = new ArrayList<>();
    /** Position of the first octet of the first segment. */
    private long base;

    private long end;
    private boolean complete;
    private boolean cleared;

    /** Appends what came. @return how many octets of memory that took */
    public synchronized int append(byte[] octets) {
        if (cleared) {
            return 0;
        }
        int before = segments.size();
        int at = 0;
        while (at < octets.length) {
            int offset = (int) ((end - base) % SEGMENT);
            if (offset == 0) {
                segments.add(new byte[SEGMENT]);
            }
            int some = Math.min(SEGMENT - offset, octets.length - at);
            System.arraycopy(octets, at, segments.getLast(), offset, some);
            at += some;
            end += some;
        }
        return (segments.size() - before) * SEGMENT;
    }

    /** Nothing more comes. */
    public synchronized void complete() {
        complete = true;
    }

    public synchronized boolean isComplete() {
        return complete;
    }

    /** Position after the last octet that came. */
    public synchronized long end() {
        return end;
    }

    /** Nobody reads before that position any more. @return how many octets of memory are free again */
    public synchronized int release(long before) {
        int gone = cleared ? 0 : (int) Math.min(segments.size(), (Math.min(before, end) - base) / SEGMENT);
        if (gone > 0) {
            segments.subList(0, gone).clear();
            base += (long) gone * SEGMENT;
        }
        return gone * SEGMENT;
    }

    /** Nobody reads at all any more. @return how many octets of memory are free again */
    public synchronized int clear() {
        int gone = segments.size();
        segments.clear();
        cleared = true;
        return gone * SEGMENT;
    }

    /** Hands over octets that are there, segment by segment; they are never written to again. */
    void read(long from, int length, OutgoingContent.Octets to) {
        long at = from;
        while (at < from + length) {
            int offset = (int) (at % SEGMENT);
            int some = (int) Math.min(SEGMENT - offset, from + length - at);
            to.next(segment(at), offset, some);
            at += some;
        }
    }

    private synchronized byte[] segment(long position) {
        return segments.get((int) ((position - base) / SEGMENT));
    }

    /** Whether these octets stand between the two positions. */
    synchronized boolean contains(byte[] wanted, long from, long to) {
        for (long i = from; i <= to - wanted.length; i++) {
            if (octet(i + 6) != '-') {
                i += 6;
            } else if (matches(wanted, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] wanted, long at) {
        for (int i = 0; i < wanted.length; i++) {
            if (octet(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private byte octet(long position) {
        return segments.get((int) ((position - base) / SEGMENT))[(int) (position % SEGMENT)];
    }
}
