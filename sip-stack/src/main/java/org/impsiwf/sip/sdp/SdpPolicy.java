package org.impsiwf.sip.sdp;

/**
 * What we take of a session description.
 *
 * @param plain whether {@code TCP/MSRP} is acceptable
 * @param secure whether {@code TCP/TLS/MSRP} is acceptable
 * @param maxBytes larger descriptions are refused with 413, unread
 * @param maxLines likewise for lines
 */
public record SdpPolicy(boolean plain, boolean secure, int maxBytes, int maxLines) {

    public static final SdpPolicy DEFAULT = new SdpPolicy(true, true, 32 * 1024, 500);
}
