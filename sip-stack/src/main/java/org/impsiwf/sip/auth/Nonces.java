package org.impsiwf.sip.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.impsiwf.store.Store;
import org.impsiwf.store.Stores;
import org.impsiwf.store.Versioned;

/**
 * Nonces that need no memory until they were used with success: issue time and randomness under an HMAC whose key
 * changes every lifetime. What was used is remembered per nonce for as long as it could be replayed, so only a user
 * that proved itself costs memory. Keys and counts are in stores: any node takes any node's nonce. May block.
 */
public final class Nonces {

    /** A key of one period, shared by all nodes. */
    public record NonceKey(String key) {}

    /** Which nonce counts came: the highest, and one bit for each of the 63 below it. */
    public record NonceUse(long highest, long seen) {

        static final NonceUse NONE = new NonceUse(0, 0);

        boolean isUsed(long count) {
            long below = highest - count;
            return below >= 0 && (below >= Long.SIZE || (seen >>> below & 1) == 1);
        }

        NonceUse with(long count) {
            long ahead = count - highest;
            if (ahead <= 0) {
                return new NonceUse(highest, seen | 1L << -ahead);
            }
            return new NonceUse(count, (ahead >= Long.SIZE ? 0 : seen << ahead) | 1);
        }
    }

    private static final int TIME_AND_SALT = 16;
    private static final int MAC_LENGTH = 16;
    private static final int KEY_LENGTH = 32;
    private static final int ATTEMPTS = 10;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Store<NonceKey> keys;
    private final Store<NonceUse> uses;
    private final InstantSource clock;
    private final Duration lifetime;
    private final SecureRandom random = new SecureRandom();
    private final Map<Long, byte[]> recentKeys = new ConcurrentHashMap<>();

    /** @param lifetime how long a nonce serves, counted from its issue; afterwards the client is told it is stale */
    public Nonces(Stores stores, InstantSource clock, Duration lifetime) {
        this.keys = stores.open("sip-nonce-keys", NonceKey.class);
        this.uses = stores.open("sip-nonce-uses", NonceUse.class);
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** A new nonce. */
    public String issue() {
        long now = clock.millis();
        byte[] salt = new byte[TIME_AND_SALT - Long.BYTES];
        random.nextBytes(salt);
        byte[] nonce = Arrays.copyOf(longToBytes(now), TIME_AND_SALT + MAC_LENGTH);
        System.arraycopy(salt, 0, nonce, Long.BYTES, salt.length);
        System.arraycopy(mac(nonce, period(now)), 0, nonce, TIME_AND_SALT, MAC_LENGTH);
        return ENCODER.encodeToString(nonce);
    }

    /** Whether we issued the nonce and its lifetime has not run out. */
    boolean isFresh(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return false; // not Base64, so none of ours
        }
        if (bytes.length != TIME_AND_SALT + MAC_LENGTH) {
            return false;
        }
        long issued = ByteBuffer.wrap(bytes).getLong();
        long age = clock.millis() - issued;
        if (issued < 0 || age < -lifetime.toMillis() || age > lifetime.toMillis()) {
            return false;
        }
        return MessageDigest.isEqual(
                mac(bytes, period(issued)), Arrays.copyOfRange(bytes, TIME_AND_SALT, bytes.length));
    }

    /**
     * Uses one nonce count up; call it only once the digest was proven.
     *
     * @param count the nc value, or -1 for credentials without one: these use up the whole nonce
     * @return false if it was used before, which makes the request a replay
     */
    boolean use(String nonce, long count) {
        Duration timeToLive = lifetime.multipliedBy(2);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var stored = uses.load(nonce);
            NonceUse use = stored.map(Versioned::value).orElse(NonceUse.NONE);
            long counted = count < 0 ? Long.MAX_VALUE : count;
            if (counted == 0 || use.isUsed(counted) || (count < 0 && stored.isPresent())) {
                return false;
            }
            long version = stored.map(Versioned::version).orElse(Store.ABSENT);
            if (uses.save(nonce, version, use.with(counted), timeToLive).isPresent()) {
                return true;
            }
        }
        return false; // so many at once with one nonce: the client is asked again
    }

    private long period(long millis) {
        return Math.floorDiv(millis, lifetime.toMillis());
    }

    private byte[] mac(byte[] nonce, long period) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(period), "HmacSHA256"));
            mac.update(nonce, 0, TIME_AND_SALT);
            return Arrays.copyOf(mac.doFinal(), MAC_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform has no HmacSHA256", e);
        }
    }

    private byte[] key(long period) {
        byte[] known = recentKeys.get(period);
        if (known != null) {
            return known;
        }
        byte[] key = sharedKey(period);
        long oldest = period(clock.millis()) - 2;
        recentKeys.keySet().removeIf(old -> old < oldest);
        recentKeys.put(period, key);
        return key;
    }

    private byte[] sharedKey(long period) {
        String name = "period-" + period;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var stored = keys.load(name);
            if (stored.isPresent()) {
                return Base64.getDecoder().decode(stored.get().value().key());
            }
            byte[] key = new byte[KEY_LENGTH];
            random.nextBytes(key);
            var fresh = new NonceKey(Base64.getEncoder().encodeToString(key));
            if (keys.save(name, Store.ABSENT, fresh, lifetime.multipliedBy(4)).isPresent()) {
                return key;
            }
        }
        throw new IllegalStateException("no nonce key to be had from the store");
    }

    private static byte[] longToBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
