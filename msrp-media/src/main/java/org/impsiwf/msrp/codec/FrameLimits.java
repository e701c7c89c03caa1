package org.impsiwf.msrp.codec;

/**
 * What a frame may cost us.
 *
 * @param headBytes start line and headers together
 * @param headers how many
 * @param portionBytes a chunk longer than this is handed on in portions as it arrives
 * @param otherBodyBytes body of a request other than SEND; RFC 4975 §7.1 allows 10240
 */
public record FrameLimits(int headBytes, int headers, int portionBytes, int otherBodyBytes) {
    public static final FrameLimits DEFAULT = new FrameLimits(16_384, 64, 16_384, 10_240);

    public FrameLimits {
        if (headBytes < 128 || headers < 8 || portionBytes < 1 || otherBodyBytes < 0) {
            throw new IllegalArgumentException("frame limits are too small to work with");
        }
    }
}
