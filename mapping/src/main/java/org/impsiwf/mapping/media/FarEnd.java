package org.impsiwf.mapping.media;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.statuses.Warning;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipCommand;

/**
 * What a session needs to know of the SIP user's media, from its SDP.
 *
 * @param chatroom what of RFC 7701 it can do; absent: it says nothing of chat rooms
 */
public record FarEnd(
        boolean secure,
        String host,
        int port,
        List<String> path,
        List<String> acceptTypes,
        List<String> acceptWrappedTypes,
        Optional<Long> maxSize,
        MessageMedia.Setup setup,
        MessageMedia.Direction direction,
        Optional<String> fingerprint,
        boolean cema,
        Optional<MessageMedia.Chatroom> chatroom) {

    public static FarEnd of(MessageMedia media) {
        Optional<Long> maxSize =
                media.maxSize().isPresent() ? Optional.of(media.maxSize().getAsLong()) : Optional.empty();
        return new FarEnd(
                media.secure(),
                media.host(),
                media.port(),
                media.path(),
                media.acceptTypes(),
                media.acceptWrappedTypes(),
                maxSize,
                media.setup(),
                media.direction(),
                media.fingerprint(),
                media.msrpCema(),
                media.chatroom());
    }

    /** Binds our session to it. As answerer we leave the connecting to the offerer wherever it may (it knows its NAT). */
    public MsrpCommand.ConnectSession connect(MsrpSessionId session, boolean weOffered) {
        Optional<MsrpCommand.HostPort> connectTo =
                cema ? Optional.of(new MsrpCommand.HostPort(host, port)) : Optional.empty();
        OptionalLong limit = maxSize.isPresent() ? OptionalLong.of(maxSize.get()) : OptionalLong.empty();
        return new MsrpCommand.ConnectSession(
                session, weAreActive(weOffered), path, connectTo, acceptTypes, limit, fingerprint);
    }

    /** RFC 6135 §4.2; without {@code a=setup} the offerer is active (RFC 4975 §8.1). */
    public boolean weAreActive(boolean weOffered) {
        return switch (setup) {
            case PASSIVE -> true;
            case ACTIVE -> false;
            case ACTPASS, UNSPECIFIED -> weOffered;
        };
    }

    public boolean takesBare(String contentType) {
        return MediaType.accepts(acceptTypes, contentType);
    }

    public boolean takesWrapped(String contentType) {
        return MediaType.accepts(acceptTypes, MediaType.CPIM)
                && (acceptWrappedTypes.isEmpty()
                        || MediaType.accepts(acceptWrappedTypes, contentType)
                        || MediaType.accepts(acceptTypes, contentType));
    }

    public boolean takesText() {
        return takesBare(MediaType.PLAIN_TEXT) || takesWrapped(MediaType.PLAIN_TEXT);
    }

    /** Whether it can be in a chat room, where everything is wrapped (RFC 7701 §6.1). */
    public boolean fitsRoom() {
        return takesWrapped(MediaType.PLAIN_TEXT);
    }

    /** What an INVITE into a chat room is answered whose sender cannot be in one; {@code host} is the warn-agent. */
    public static SipCommand.Response noRoom(String host) {
        return Warning.ofMediaFormat(host, "message/cpim with text/plain is not accepted")
                .refusal(488);
    }

    /** Whether its user can tell what was said to it alone from what was said to all (RFC 7701 §8). */
    public boolean takesWhispers() {
        return chatroom.filter(MessageMedia.Chatroom::privateMessages).isPresent();
    }

    public boolean fits(long size) {
        return maxSize.isEmpty() || size <= maxSize.get();
    }

    /** Whether we may send: not while they hold us. */
    public boolean receives() {
        return direction == MessageMedia.Direction.SENDRECV || direction == MessageMedia.Direction.RECVONLY;
    }

    /** Whether it is still the same end: only then its session goes on (RFC 4975 §8.3). */
    public boolean hasPathOf(FarEnd other) {
        return path.equals(other.path());
    }

    /** RFC 3264 §6.1: what our answer says when the offer said this. */
    public MessageMedia.Direction mirrored() {
        return switch (direction) {
            case SENDRECV -> MessageMedia.Direction.SENDRECV;
            case SENDONLY -> MessageMedia.Direction.RECVONLY;
            case RECVONLY -> MessageMedia.Direction.SENDONLY;
            case INACTIVE -> MessageMedia.Direction.INACTIVE;
        };
    }
}
