package org.impsiwf.mapping.conversation;

import java.time.Instant;
import java.util.List;
import org.impsiwf.ssp.event.TransactionRef;

/**
 * One SendMessageRequest to several recipients: one answer, with each recipient's own result in it (SSP 18.2.2, 18.8.1).
 *
 * @param messageId the one name of the message for all recipients
 */
public record Submission(TransactionRef transaction, String messageId, List<Share> shares, Instant giveUpAt) {

    /** {@link Share#code} of a recipient whose result is still to come. */
    static final int OPEN = 0;

    public Submission {
        shares = List.copyOf(shares);
    }

    /** @param recipient as the sender wrote it */
    public record Share(Recipient recipient, int code) {}

    /** Who it is; screen names have the group that they are known in. */
    public record Recipient(Kind kind, String address, String screenName) {}

    /** What kind of address a recipient has. */
    public enum Kind {
        USER,
        GROUP,
        SCREEN_NAME,
        CONTACT_LIST
    }

    boolean isOpen() {
        return shares.stream().anyMatch(share -> share.code() == OPEN);
    }
}
