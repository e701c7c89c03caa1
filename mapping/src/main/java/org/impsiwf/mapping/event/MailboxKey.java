package org.impsiwf.mapping.event;

import java.util.Optional;

/**
 * Names one unit of state and the mailbox in front of it: events of one key are decided one after the other.
 *
 * <p>Every id that the mapping issues to an edge starts with the key it belongs to, so that an event finds its way back
 * without an index.
 *
 * @param id unique within the kind; printable and without {@code #}
 */
public record MailboxKey(Kind kind, String id) {

    /** What kind of state lies behind the mailbox. */
    public enum Kind {
        /** The talk of one SIP user with one IMPS user. */
        CONVERSATION,
        /** One SendMessageRequest to several recipients, until each has its result. */
        SUBMISSION,
        /** One message whose sender wants to hear what became of it. */
        DELIVERY,
        /** What all SIP users in one group share: its roster, their subscriptions, messages on their way to them. */
        FOCUS,
        /** One SIP user in one group. */
        PARTICIPATION,
        /** One INVITE to the conference factory, until it is answered. */
        EXTENSION,
        /** One chat that a SIP client hosts. */
        HOSTED
    }

    private static final char BEFORE_SUFFIX = '#';

    public MailboxKey {
        if (id.isEmpty() || id.indexOf(BEFORE_SUFFIX) >= 0) {
            throw new IllegalArgumentException("not a mailbox id: " + id);
        }
    }

    /** The key as text: the key of stores, timers and the log's {@code conversation}. */
    public String text() {
        return kind.name().charAt(0) + ":" + id;
    }

    /** An id for an edge that leads back here. */
    public String issue(String suffix) {
        return text() + BEFORE_SUFFIX + suffix;
    }

    /** Reads {@link #text()}. */
    public static Optional<MailboxKey> parse(String text) {
        if (text.length() < 3 || text.charAt(1) != ':' || text.indexOf(BEFORE_SUFFIX) >= 0) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.name().charAt(0) == text.charAt(0)) {
                return Optional.of(new MailboxKey(kind, text.substring(2)));
            }
        }
        return Optional.empty();
    }

    /** The key inside an id made by {@link #issue}; empty for an id that somebody else made. */
    public static Optional<MailboxKey> within(String issued) {
        int end = issued.indexOf(BEFORE_SUFFIX);
        return end < 0 ? Optional.empty() : parse(issued.substring(0, end));
    }

    /** {@link #text()} of the key inside an id made by {@link #issue}; empty for an id that somebody else made. */
    public static Optional<String> textWithin(String issued) {
        int end = issued.indexOf(BEFORE_SUFFIX);
        return end < 3 || issued.charAt(1) != ':' ? Optional.empty() : Optional.of(issued.substring(0, end));
    }

    @Override
    public String toString() {
        return text();
    }
}
