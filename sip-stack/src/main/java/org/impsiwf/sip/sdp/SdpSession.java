package org.impsiwf.sip.sdp;

import static org.impsiwf.sip.sdp.SdpException.malformed;
import static org.impsiwf.sip.sdp.SdpException.notAcceptable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.MessageMedia.Setup;
import org.impsiwf.sip.sdp.SessionDescription.Media;
import org.impsiwf.sip.sdp.SessionDescription.Origin;

/**
 * Where one dialog stands in offer/answer (RFC 3264): the m= lines that every later description must mirror, which of
 * them is ours, and what we last said. Pure; a record to be kept with the dialog. A step's {@code next} is kept when the
 * step succeeded and dropped when its offer was refused, which leaves the session as it was (RFC 3264 §8).
 *
 * @param sessionId of our o= line, decimal digits, the same as long as the dialog lives
 * @param version of our o= line in the last description of ours; 0 before the first
 * @param lines every m= line agreed on or refused so far, in order
 * @param messageLine index of the line that carries MSRP; -1 before the first description
 * @param local what our last description said
 */
public record SdpSession(
        String sessionId, long version, List<Line> lines, int messageLine, Optional<MessageMedia> local) {

    /** What a refused m= line repeats of the offered one (RFC 3264 §6). */
    public record Line(String type, String protocol, String formats) {}

    /** A description of ours, ready to send. */
    public record Described(SdpSession next, byte[] sdp) {}

    /** What the other side described. */
    public record Received(SdpSession next, MessageMedia media) {}

    public SdpSession {
        if (sessionId.isEmpty() || !sessionId.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("o= session id is decimal: " + sessionId);
        }
    }

    /** A dialog in which nothing was described yet. */
    public static SdpSession start(String sessionId) {
        return new SdpSession(sessionId, 0, List.of(), -1, Optional.empty());
    }

    /** Our offer: the first one has one line, later ones mirror all lines there are (RFC 3264 §8). */
    public Described offer(MessageMedia ours) {
        if (messageLine >= 0) {
            return describe(ours);
        }
        Media line = MessageMediaText.write(ours);
        var first = new SdpSession(sessionId, version, List.of(lineOf(line)), 0, local);
        return first.describe(ours);
    }

    /**
     * Our answer to the offer that {@link #receiveOffer} read: MSRP on the chosen line, all others refused.
     *
     * @throws IllegalArgumentException for {@code actpass}, which no answer may say (RFC 4145 §4.1), and for another
     *     transport than the offered one
     */
    public Described answer(MessageMedia ours) {
        if (messageLine < 0) {
            throw new IllegalStateException("an answer without an offer");
        }
        if (ours.setup() == Setup.ACTPASS) {
            throw new IllegalArgumentException("an answer is active or passive");
        }
        if (ours.secure() != lines.get(messageLine).protocol().equals(MessageMediaText.SECURE)) {
            throw new IllegalArgumentException("an answer keeps the transport of the offer (RFC 3264 §6.1)");
        }
        return describe(ours);
    }

    private Described describe(MessageMedia ours) {
        Media message = MessageMediaText.write(ours);
        var mirrored = new ArrayList<>(lines);
        mirrored.set(messageLine, lineOf(message));
        boolean unchanged = lines.equals(mirrored) && local.equals(Optional.of(ours));
        // RFC 3264 §8: the same version is the same text, anything else is one more.
        var next = new SdpSession(
                sessionId, unchanged ? version : version + 1, List.copyOf(mirrored), messageLine, Optional.of(ours));
        var media = new ArrayList<Media>();
        for (int i = 0; i < lines.size(); i++) {
            media.add(i == messageLine ? message : refused(lines.get(i)));
        }
        var connection = MessageMediaText.connection(ours.host());
        var origin =
                new Origin("-", sessionId, Long.toString(next.version), connection.addressType(), connection.address());
        var sdp = new SessionDescription(origin, "-", Optional.of(connection), List.of("0 0"), List.of(), media);
        return new Described(next, SdpWriter.write(sdp));
    }

    private static Media refused(Line line) {
        return new Media(line.type(), 0, line.protocol(), line.formats(), Optional.empty(), List.of());
    }

    private static Line lineOf(Media line) {
        return new Line(line.type(), line.protocol(), line.formats());
    }

    /**
     * Reads an offer and picks the line that we answer: the one in use, else the first MSRP line that we can speak, one
     * for a file transfer (RFC 5547) only when there is no other.
     *
     * @throws SdpException malformed (400), too large (413) or nothing for us in it (488 with a Warning)
     */
    public Received receiveOffer(byte[] sdp, SdpPolicy policy) throws SdpException {
        SessionDescription offer = SdpReader.read(sdp, policy);
        if (offer.media().size() < lines.size()) {
            throw malformed("a new offer has fewer m= lines than the last (RFC 3264 §8)");
        }
        int chosen = choose(offer, policy);
        MessageMedia media = MessageMediaText.read(offer, offer.media().get(chosen));
        List<Line> offered = offer.media().stream().map(SdpSession::lineOf).toList();
        // When the shape changed, our next description cannot be the last one again.
        Optional<MessageMedia> said = offered.equals(lines) && chosen == messageLine ? local : Optional.empty();
        return new Received(new SdpSession(sessionId, version, offered, chosen, said), media);
    }

    private int choose(SessionDescription offer, SdpPolicy policy) throws SdpException {
        List<Media> offered = offer.media();
        if (messageLine >= 0 && isAcceptable(offered.get(messageLine), policy)) {
            return messageLine;
        }
        int fileTransfer = -1;
        for (int i = 0; i < offered.size(); i++) {
            if (isAcceptable(offered.get(i), policy)) {
                if (!offered.get(i).has("file-selector")) {
                    return i;
                }
                fileTransfer = fileTransfer < 0 ? i : fileTransfer;
            }
        }
        if (fileTransfer >= 0) {
            return fileTransfer;
        }
        throw nothingAcceptable(offered);
    }

    private static boolean isAcceptable(Media line, SdpPolicy policy) {
        boolean spoken = line.protocol().equals(MessageMediaText.SECURE) ? policy.secure() : policy.plain();
        return MessageMediaText.isMsrp(line) && spoken && line.port() != 0;
    }

    private static SdpException nothingAcceptable(List<Media> offered) {
        var messages = offered.stream().filter(line -> line.type().equals("message") && line.port() != 0);
        return messages.findAny().isPresent()
                ? notAcceptable(302, "m=message over a transport that is not spoken here")
                : notAcceptable(304, "only m=message is spoken here");
    }

    /**
     * Reads the answer to our offer.
     *
     * @throws SdpException malformed (400), too large (413) or our line was refused in it (488)
     */
    public Received receiveAnswer(byte[] sdp, SdpPolicy policy) throws SdpException {
        SessionDescription answer = SdpReader.read(sdp, policy);
        if (answer.media().size() != lines.size()) {
            throw malformed("an answer has as many m= lines as the offer (RFC 3264 §6)");
        }
        Media line = answer.media().get(messageLine);
        if (line.port() == 0) {
            throw notAcceptable(304, "m=message was refused in the answer");
        }
        if (!lineOf(line).protocol().equals(lines.get(messageLine).protocol()) || !MessageMediaText.isMsrp(line)) {
            throw malformed("the answer speaks another transport than the offer");
        }
        return new Received(this, MessageMediaText.read(answer, line));
    }
}
