package org.impsiwf.sip.dialog;

import java.time.Duration;
import java.util.Optional;

/**
 * What a message says of the session timer (RFC 4028 §4, §5).
 *
 * @param sessionExpires Session-Expires, absent when the message has none
 * @param refresher its {@code refresher}
 * @param minimum Min-SE
 * @param supported whether {@code timer} is in Supported or Require
 */
public record TimerTerms(
        Optional<Duration> sessionExpires,
        Optional<Refresher> refresher,
        Optional<Duration> minimum,
        boolean supported) {

    /** A message that says nothing of it. */
    public static final TimerTerms NONE = new TimerTerms(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Who refreshes: the role in the transaction that settled it, not in the dialog. */
    public enum Refresher {
        UAC,
        UAS
    }
}
