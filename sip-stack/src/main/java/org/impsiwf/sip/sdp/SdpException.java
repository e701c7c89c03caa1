package org.impsiwf.sip.sdp;

import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.sip.header.HeaderText;

/** A session description that we refuse, with the answer that its request deserves. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int warningCode;

    private SdpException(int status, int warningCode, String message) {
        super(message);
        this.status = status;
        this.warningCode = warningCode;
    }

    static SdpException malformed(String message) {
        return new SdpException(400, 0, message);
    }

    static SdpException tooLarge(String message) {
        return new SdpException(413, 0, message);
    }

    /** 488 with a Warning of RFC 3261 §20.43: 302 transport, 304 media type, 305 media format, 399 anything else. */
    static SdpException notAcceptable(int warningCode, String message) {
        return new SdpException(488, warningCode, message);
    }

    /** 400, 413 or 488. */
    public int status() {
        return status;
    }

    /** The warn-code, present with 488. */
    public OptionalInt warningCode() {
        return warningCode == 0 ? OptionalInt.empty() : OptionalInt.of(warningCode);
    }

    /** The Warning header value, present with 488; the agent is the host or pseudonym that warns. */
    public Optional<String> warning(String agent) {
        return warningCode == 0
                ? Optional.empty()
                : Optional.of(warningCode + " " + agent + " " + HeaderText.quote(getMessage()));
    }
}
