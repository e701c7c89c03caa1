package org.impsiwf.sip.body;

import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.Body;

/**
 * A message body taken apart.
 *
 * @param sdp the session description, the first one in the order of the message
 * @param others every other leaf part, in order; of {@code multipart/alternative} the last that we could take
 */
public record ReceivedBody(Optional<byte[]> sdp, List<Body> others) {

    public static final ReceivedBody NONE = new ReceivedBody(Optional.empty(), List.of());
}
