package org.impsiwf.ssp.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.TransactionId;

/** Transaction-IDs of our own. */
final class WireIds {

    /** Peers echo ids without escaping, and they travel in HTTP headers. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._@#-]{1,64}");

    private static final int HASH_BYTES = 16;

    /** A life of this process: a peer may still remember the ids of the one before. */
    private static final String LIFE = HexFormat.of().toHexDigits(new SecureRandom().nextInt());

    private static final AtomicLong NUMBERS = new AtomicLong();

    private WireIds() {}

    /** For a transaction that nobody will order again: unique among all that this server ever opens (SSP 8.1). */
    static TransactionId fresh(String kind) {
        return new TransactionId(kind + "-" + LIFE + "-" + NUMBERS.incrementAndGet());
    }

    /**
     * The same order gets the same Transaction-ID, on every node and after every restart: whoever repeats the order
     * repeats the transaction, and the peer does not act twice.
     */
    static TransactionId of(SspRequestId request) {
        if (SAFE.matcher(request.value()).matches()) {
            return new TransactionId(request.value());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(request.value().getBytes(StandardCharsets.UTF_8));
            return new TransactionId(HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
