package org.impsiwf.sip.body;

/**
 * How much body we take.
 *
 * @param maxBytes of a body after its encoding was undone
 * @param maxParts of all multiparts of one body together
 * @param maxDepth of multiparts within multiparts
 */
public record BodyLimits(int maxBytes, int maxParts, int maxDepth) {

    public static final BodyLimits DEFAULT = new BodyLimits(1024 * 1024, 32, 4);
}
