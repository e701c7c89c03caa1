package org.impsiwf.sip.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.sip.body.ReceivedBody.UriListPart;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;

/** From the body of a SIP message to its session description and its other parts, whatever wraps them. */
public final class BodyReader {

    private static final String SDP = "application/sdp";
    private static final String URI_LIST = "application/resource-lists+xml";

    private final BodyLimits limits;
    private final List<Body> others = new ArrayList<>();
    private final List<UriListPart> lists = new ArrayList<>();
    private Optional<byte[]> sdp = Optional.empty();
    private int parts;

    private BodyReader(BodyLimits limits) {
        this.limits = limits;
    }

    /**
     * Undoes the encodings, walks multiparts of any kind and depth within the limits.
     *
     * @param contentEncodings Content-Encoding values, in order
     * @param disposition Content-Disposition of the whole body
     * @throws BodyException 400 malformed, 413 over a limit, 415 an encoding, or a type that must be understood and isn't
     */
    public static ReceivedBody read(
            String contentType,
            List<String> contentEncodings,
            Optional<String> disposition,
            byte[] bytes,
            BodyLimits limits)
            throws BodyException {
        return read(contentType, contentEncodings, disposition, Optional.empty(), bytes, limits);
    }

    /** @param contentId Content-ID of the whole body, as received */
    public static ReceivedBody read(
            String contentType,
            List<String> contentEncodings,
            Optional<String> disposition,
            Optional<String> contentId,
            byte[] bytes,
            BodyLimits limits)
            throws BodyException {
        if (bytes.length > limits.maxBytes()) {
            throw BodyException.tooLarge("body over " + limits.maxBytes() + " bytes");
        }
        if (bytes.length == 0) {
            return ReceivedBody.NONE;
        }
        var reader = new BodyReader(limits);
        byte[] plain = ContentEncoding.undo(codings(contentEncodings), bytes, limits.maxBytes());
        reader.take(new Leaf(contentType, disposition.orElse(""), contentId.orElse("")), plain, 0);
        return new ReceivedBody(reader.sdp, List.copyOf(reader.lists), List.copyOf(reader.others));
    }

    /**
     * Only undoes the encodings; a multipart stays whole.
     *
     * @throws BodyException 400 malformed, 413 over a limit, 415 an encoding that is not known
     */
    public static Body unpacked(String contentType, List<String> contentEncodings, byte[] bytes, BodyLimits limits)
            throws BodyException {
        if (bytes.length > limits.maxBytes()) {
            throw BodyException.tooLarge("body over " + limits.maxBytes() + " bytes");
        }
        if (contentType.isBlank()) {
            throw BodyException.malformed("a body without Content-Type"); // RFC 3261 §20.15
        }
        return new Body(contentType, ContentEncoding.undo(codings(contentEncodings), bytes, limits.maxBytes()));
    }

    private static List<String> codings(List<String> values) throws BodyException {
        var codings = new ArrayList<String>();
        try {
            for (String value : values) {
                codings.addAll(HeaderText.split(value, ','));
            }
        } catch (HeaderException e) {
            throw BodyException.malformed("Content-Encoding: " + e.getMessage());
        }
        return codings;
    }

    /** What the header fields of a body or part say of it. */
    private record Leaf(String contentType, String disposition, String contentId) {}

    private void take(Leaf leaf, byte[] content, int depth) throws BodyException {
        MediaType type = MediaType.parse(leaf.contentType());
        if (type.isMultipart()) {
            takeMultipart(type, content, depth);
        } else if (type.value().equals(SDP) && sdp.isEmpty() && isSession(leaf.disposition())) {
            sdp = Optional.of(content);
        } else if (type.value().equals(URI_LIST) && isRequest(leaf.disposition())) {
            lists.add(new UriListPart(contentId(leaf.contentId()), content));
        } else {
            others.add(new Body(leaf.contentType(), content));
        }
    }

    /** RFC 5366 §5.2: a list that only tells who else was invited asks for nothing. */
    private static boolean isRequest(String disposition) throws BodyException {
        return !MediaType.parse(disposition).value().equals("recipient-list-history");
    }

    /** RFC 2392 §2: the Content-ID is the {@code cid:} URL's address in angle brackets. */
    private static Optional<String> contentId(String value) {
        String id = value.strip();
        String bare = id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
        return bare.isBlank() ? Optional.empty() : Optional.of(bare);
    }

    /** RFC 3261 §20.11: application/sdp is a session description unless it says otherwise (such as early-session). */
    private static boolean isSession(String disposition) throws BodyException {
        String kind = MediaType.parse(disposition).value();
        return kind.isEmpty() || kind.equals("session") || kind.equals("render");
    }

    private void takeMultipart(MediaType type, byte[] content, int depth) throws BodyException {
        if (depth == limits.maxDepth()) {
            throw BodyException.tooLarge("multiparts nested deeper than " + limits.maxDepth());
        }
        String boundary = type.params().get("boundary");
        if (boundary == null) {
            throw BodyException.malformed("multipart without a boundary");
        }
        List<Part> found = MultipartReader.read(content, boundary, limits.maxParts() - parts);
        parts += found.size();
        if (type.value().equals("multipart/alternative")) {
            takeBest(found, depth);
        } else {
            for (Part part : found) {
                takePart(part, depth);
            }
        }
    }

    private void takePart(Part part, int depth) throws BodyException {
        byte[] content = TransferEncoding.undo(part.header("content-transfer-encoding"), part.content());
        byte[] plain =
                ContentEncoding.undo(codings(List.of(part.header("content-encoding"))), content, limits.maxBytes());
        take(
                new Leaf(part.contentType(), part.header("content-disposition"), part.header("content-id")),
                plain,
                depth + 1);
    }

    /** RFC 2046 §5.1.4: the last alternative is the best one; a session description is what we understand best. */
    private void takeBest(List<Part> alternatives, int depth) throws BodyException {
        for (Part part : alternatives.reversed()) {
            if (MediaType.parse(part.contentType()).value().equals(SDP)) {
                takePart(part, depth);
                return;
            }
        }
        takePart(alternatives.getLast(), depth);
    }
}
