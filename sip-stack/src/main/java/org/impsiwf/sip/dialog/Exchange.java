package org.impsiwf.sip.dialog;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.sdp.SdpSession;

/** The one offer/answer or refresh that may be under way in a confirmed dialog (RFC 3261 §14, RFC 3311 §5). */
public sealed interface Exchange {

    Optional<Instant> deadline();

    /** None. */
    record Quiet() implements Exchange {
        @Override
        public Optional<Instant> deadline() {
            return Optional.empty();
        }
    }

    /**
     * Our re-INVITE or UPDATE waits for its final response; the end is our own, since an INVITE transaction has none after a
     * provisional response.
     *
     * @param before what was described before; counts again when the request is refused
     * @param refresh whether it only refreshes the session timer, so that nobody is told
     * @param focus the conference that it says we are the focus of; that holds when it is accepted
     */
    record Asking(
            long cseq,
            boolean update,
            boolean refresh,
            MessageMedia offer,
            Optional<SipUri> focus,
            SdpSession before,
            Instant giveUpAt)
            implements Exchange {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }
    }

    /** Our request met one of theirs (491) and is sent again at {@code retryAt}. */
    record Yielding(boolean refresh, MessageMedia offer, Optional<SipUri> focus, Instant retryAt) implements Exchange {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(retryAt);
        }
    }

    /**
     * Their re-INVITE or UPDATE waits for our answer.
     *
     * @param offered whether it carried an offer; without one our 2xx does
     */
    record Asked(
            SipTransactionId transaction,
            long cseq,
            boolean update,
            boolean offered,
            TimerTerms terms,
            SdpSession before,
            Instant giveUpAt)
            implements Exchange {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }
    }

    /** Our 2xx to their re-INVITE waits for its ACK. */
    record Unacknowledged(long cseq, UsageState.Resend resend, boolean weOffered) implements Exchange {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(resend.due());
        }
    }
}
