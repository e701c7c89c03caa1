package org.impsiwf.msrp.session;

import org.impsiwf.msrp.message.ByteRange;

/** One recipient's view of a message that leaves while it comes in. Its connection's thread, but for {@link #taken}. */
public final class RelayedContent implements OutgoingContent {
    private final String contentType;
    private final long total;
    private final RelayWindow window;
    private final Runnable progress;
    private volatile long taken;

    /**
     * @param total octets of the whole, or {@link ByteRange#UNKNOWN}
     * @param progress told each time that some of it was taken
     */
    public RelayedContent(String contentType, long total, RelayWindow window, Runnable progress) {
        this.contentType = contentType;
        this.total = total;
        this.window = window;
        this.progress = progress;
    }

    /** How far it has been read. */
    public long taken() {
        return taken;
    }

    @Override
    public String contentType() {
        return contentType;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public int held() {
        return 0;
    }

    /** The last octets stay back until it is known that they are the last: the chunk with the flag {@code $} is never an empty one. */
    @Override
    public int ready(long from) {
        boolean complete = window.isComplete();
        long there = window.end() - from;
        if (complete) {
            return (int) Math.min(there, Integer.MAX_VALUE);
        }
        return there < 2L * ChunkQueue.SHORT_CHUNK ? 0 : (int) (there - ChunkQueue.SHORT_CHUNK);
    }

    @Override
    public boolean endsAt(long position) {
        return window.isComplete() && position == window.end();
    }

    @Override
    public void read(long from, int length, Octets to) {
        window.read(from, length, to);
        taken = from + length;
        progress.run();
    }

    @Override
    public boolean contains(byte[] wanted, long from) {
        return window.contains(wanted, from, from + ready(from));
    }
}
