package org.impsiwf.ssp.transport;

import java.util.Optional;

/**
 * One message to post.
 *
 * @param transactionId for {@code x-wv-transactionid}
 * @param sessionId for {@code x-wv-sessionid}
 */
public record Post(byte[] body, Optional<String> transactionId, Optional<String> sessionId) {}
