package org.impsiwf.mapping.media;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.MessageMedia.Direction;
import org.impsiwf.sip.event.MessageMedia.Setup;

/** What our SDP says: types that the IMPS side takes, never is-composing, which ends here (RFC 3994 has no SSP counterpart). */
public final class OurMedia {

    private OurMedia() {}

    public static MessageMedia offer(LocalEndpoint local, Peer peer, Policy policy) {
        return describe(local, peer, policy, Setup.ACTPASS, Direction.SENDRECV);
    }

    public static MessageMedia answer(LocalEndpoint local, Peer peer, Policy policy, FarEnd offer) {
        Setup setup = offer.setup() == Setup.UNSPECIFIED
                ? Setup.UNSPECIFIED
                : offer.weAreActive(false) ? Setup.ACTIVE : Setup.PASSIVE;
        return describe(local, peer, policy, setup, offer.mirrored());
    }

    /**
     * The same for a member's session with our MSRP switch, which takes CPIM only (RFC 7701 §6.1, §8).
     *
     * @param maxSize where it is another
     */
    public static MessageMedia inRoom(MessageMedia media, boolean nicknames, OptionalLong maxSize) {
        return new MessageMedia(
                        media.secure(),
                        media.host(),
                        media.port(),
                        media.path(),
                        List.of(MediaType.CPIM),
                        media.acceptWrappedTypes(),
                        maxSize.isPresent() ? maxSize : media.maxSize(),
                        media.setup(),
                        media.direction(),
                        media.fingerprint(),
                        media.msrpCema())
                .in(new MessageMedia.Chatroom(nicknames, /* privateMessages= */ true));
    }

    private static MessageMedia describe(
            LocalEndpoint local, Peer peer, Policy policy, Setup setup, Direction direction) {
        List<String> types = types(peer, policy);
        Set<String> wrapped = new LinkedHashSet<>(types);
        wrapped.remove(MediaType.CPIM);
        wrapped.add(MediaType.IMDN);
        return new MessageMedia(
                local.secure(),
                local.host(),
                local.port(),
                List.of(local.path()),
                types,
                List.copyOf(wrapped),
                OptionalLong.of(limit(peer, policy)),
                setup,
                direction,
                local.fingerprint(),
                false);
    }

    public static List<String> types(Peer peer, Policy policy) {
        List<String> accepted = peer.acceptedContentTypes();
        Set<String> types = new LinkedHashSet<>();
        policy.mediaTypes().stream()
                .filter(type ->
                        MediaType.is(type, MediaType.CPIM) || accepted.isEmpty() || MediaType.accepts(accepted, type))
                .forEach(types::add);
        accepted.stream()
                .map(MediaType::essence)
                .filter(type -> !type.equals(MediaType.IS_COMPOSING) && !type.equals("*/*"))
                .forEach(types::add);
        return List.copyOf(types);
    }

    public static long limit(Peer peer, Policy policy) {
        return Math.min(policy.maxMessageSize(), peer.maxContentSize().orElse(Long.MAX_VALUE));
    }
}
