package org.impsiwf.ssp.codec;

import java.util.List;

/**
 * What a message says.
 *
 * @param refused transactions of the message whose primitive is wrong, each to be answered alone; the others go on
 * @param skippedElements elements that nobody here knows
 */
public record Decoded(SspMessage message, List<DecodeException> refused, int skippedElements) {
    public Decoded {
        refused = List.copyOf(refused);
    }
}
