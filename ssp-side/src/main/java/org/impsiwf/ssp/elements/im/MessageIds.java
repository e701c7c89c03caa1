package org.impsiwf.ssp.elements.im;

import java.util.UUID;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.ServiceId;

/** Message-IDs that no other server gives. */
final class MessageIds {

    private final String suffix;

    MessageIds(ServiceId ours) {
        suffix = "@" + ours.domain();
    }

    MessageId next() {
        return new MessageId(UUID.randomUUID() + suffix);
    }
}
