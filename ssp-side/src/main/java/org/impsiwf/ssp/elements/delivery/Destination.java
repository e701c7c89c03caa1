package org.impsiwf.ssp.elements.delivery;

import java.util.Locale;
import org.impsiwf.ssp.primitives.UserId;

/** Where a primitive is to go. One queue each. */
public sealed interface Destination {

    /** Names the queue; equal for the two spellings of one address. */
    String key();

    /** A user at its clients, or at its home domain when that is elsewhere. */
    record ToUser(UserId user) implements Destination {
        @Override
        public String key() {
            return "u " + user.value().toLowerCase(Locale.ROOT);
        }
    }

    /** Another domain, by the routing rules. */
    record ToDomain(String domain) implements Destination {
        public ToDomain {
            domain = domain.toLowerCase(Locale.ROOT);
        }

        @Override
        public String key() {
            return "d " + domain;
        }
    }

    /**
     * A queue that one item of another domain's has for itself, since that domain has put it off.
     *
     * @param item the id of the item, so that it holds up nothing else
     */
    record Aside(String domain, long item) implements Destination {
        @Override
        public String key() {
            return "a " + item + " " + domain;
        }
    }

    /** Reads {@link #key} back. */
    static Destination of(String key) {
        String rest = key.substring(2);
        return switch (key.charAt(0)) {
            case 'u' -> new ToUser(new UserId(rest));
            case 'd' -> new ToDomain(rest);
            case 'a' -> {
                int space = rest.indexOf(' ');
                yield new Aside(rest.substring(space + 1), Long.parseLong(rest.substring(0, space)));
            }
            default -> throw new IllegalStateException("no destination: " + key);
        };
    }
}
