package org.impsiwf.testkit.flow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipUri;

/** The INVITE usages of the users that {@link SipDesk} plays, in the order in which they began. */
final class SipUsages {

    enum Stage {
        RINGING,
        ESTABLISHED,
        ENDED
    }

    static final class Usage {
        final String id;
        final String user;
        final boolean ours;
        Stage stage = Stage.RINGING;
        Optional<SipUri> focus = Optional.empty();

        /** The waiting INVITE that this is one more dialog of. */
        Optional<Usage> forkOf = Optional.empty();

        /** One of its dialogs was accepted: nothing more is said of the INVITE itself. */
        boolean forked;

        private Usage(String id, String user, boolean ours) {
            this.id = id;
            this.user = user;
            this.ours = ours;
        }

        InviteUsageId usage() {
            return new InviteUsageId(id);
        }

        /** Its sender has heard of one of its other dialogs. */
        boolean isSilent() {
            return forked || forkOf.isPresent();
        }
    }

    private final Map<String, Usage> usages = new LinkedHashMap<>();

    /** @param ours whether the INVITE is the gateway's */
    Usage begin(String id, String user, boolean ours) {
        Usage usage = new Usage(id, user, ours);
        usages.put(id, usage);
        return usage;
    }

    /** Null for one that never began. */
    Usage get(String id) {
        return usages.get(id);
    }

    Usage get(InviteUsageId id) {
        return usages.get(id.value());
    }

    boolean has(String id) {
        return usages.containsKey(id);
    }

    /** All of now; more may begin, and any may end, while they are gone through. */
    List<Usage> all() {
        return List.copyOf(usages.values());
    }

    /** Those that whoever sends this may mean with it. */
    private Stream<Usage> meantBy(FlowMessage m) {
        return usages.values().stream()
                .filter(usage -> usage.user.equals(m.from()))
                .filter(usage -> m.field("call", usage.id).equals(usage.id));
    }

    boolean isIn(FlowMessage m) {
        return meantBy(m).anyMatch(usage -> usage.stage == Stage.ESTABLISHED);
    }

    boolean isRinging(FlowMessage m, boolean ours) {
        return meantBy(m).anyMatch(usage -> usage.ours == ours && usage.stage == Stage.RINGING);
    }

    Usage established(FlowMessage m) {
        return last(m, usage -> usage.stage == Stage.ESTABLISHED, "session");
    }

    /** The INVITE that rings, or that the line names. */
    Usage invite(FlowMessage m, boolean ours) {
        boolean named = m.fields().containsKey("call");
        return last(m, usage -> usage.ours == ours && (named || usage.stage == Stage.RINGING), "INVITE");
    }

    private Usage last(FlowMessage m, Predicate<Usage> wanted, String what) {
        return meantBy(m)
                .filter(wanted)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalArgumentException("no " + what + " for " + m));
    }
}
