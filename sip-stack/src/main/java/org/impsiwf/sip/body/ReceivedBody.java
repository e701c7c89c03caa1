package org.impsiwf.sip.body;

import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.Body;

/**
 * A message body taken apart.
 *
 * @param sdp the session description, the first one in the order of the message
 * @param lists URI lists that ask for something (RFC 5363 §4.1), in order
 * @param others every other leaf part, in order; of {@code multipart/alternative} the last that we could take
 */
public record ReceivedBody(Optional<byte[]> sdp, List<UriListPart> lists, List<Body> others) {

    public static final ReceivedBody NONE = new ReceivedBody(Optional.empty(), List.of(), List.of());

    /**
     * A URI list, unread.
     *
     * @param contentId of its part, without brackets, so that a {@code cid:} URL finds it (RFC 2392)
     */
    public record UriListPart(Optional<String> contentId, byte[] document) {}
}
