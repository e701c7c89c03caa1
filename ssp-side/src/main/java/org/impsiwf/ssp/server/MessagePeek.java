package org.impsiwf.ssp.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.ssp.primitives.TransactionId;

/**
 * Finds, before a message is decoded, what it says about who sent it: how it is to be read depends on that. Decides
 * nothing but the dialect; a wrong guess costs a refusal.
 */
final class MessagePeek {

    private static final int LOOK_AT = 1024;
    private static final Pattern SESSION =
            Pattern.compile("sessionID\\s*=\\s*[\"']\\s*([^\"'\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SERVICE =
            Pattern.compile("serviceID\\s*=\\s*[\"']\\s*([^\"'\\s]+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern SET_UP = Pattern.compile(
            "SetupTransaction[^>]*transactionID\\s*=\\s*[\"']\\s*([^\"'\\s]+)", Pattern.CASE_INSENSITIVE);

    private final String head;

    MessagePeek(byte[] message) {
        head = new String(message, 0, Math.min(message.length, LOOK_AT), StandardCharsets.ISO_8859_1);
    }

    Optional<String> sessionId() {
        return first(SESSION);
    }

    Optional<String> serviceId() {
        return first(SERVICE);
    }

    /** The login that a message belongs to. */
    Optional<TransactionId> setUp() {
        return first(SET_UP).map(TransactionId::new);
    }

    private Optional<String> first(Pattern pattern) {
        Matcher matcher = pattern.matcher(head);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
