package org.impsiwf.msrp.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of To-Path or From-Path: one or more URIs, the next hop first (RFC 4975 §8.3). Keeps its octets, because it is
 * written again with every frame.
 */
public final class MsrpPath {
    private static final int MAX_URIS = 20;

    private final List<MsrpUri> uris;
    private final String text;
    private final byte[] octets;

    private MsrpPath(List<MsrpUri> uris, String text) {
        this.uris = uris;
        this.text = text;
        this.octets = text.getBytes(StandardCharsets.UTF_8);
    }

    /** @throws IllegalArgumentException if it is none */
    public static MsrpPath parse(String text) {
        List<MsrpUri> uris = new ArrayList<>(1);
        int start = 0;
        while (start <= text.length()) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            if (uris.size() == MAX_URIS) {
                throw new IllegalArgumentException("path has more than " + MAX_URIS + " URIs");
            }
            uris.add(MsrpUri.parse(text.substring(start, end)));
            start = end + 1;
        }
        return new MsrpPath(List.copyOf(uris), text);
    }

    public static MsrpPath of(MsrpUri uri) {
        return new MsrpPath(List.of(uri), uri.text());
    }

    /** @param uris at least one, first hop first */
    public static MsrpPath of(List<MsrpUri> uris) {
        if (uris.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one URI");
        }
        return new MsrpPath(
                List.copyOf(uris),
                String.join(" ", uris.stream().map(MsrpUri::text).toList()));
    }

    public List<MsrpUri> uris() {
        return uris;
    }

    /** The next hop. */
    public MsrpUri first() {
        return uris.getFirst();
    }

    /** Where a response to a SEND goes (RFC 4975 §7.2): one hop back. */
    public MsrpPath firstHop() {
        return uris.size() == 1 ? this : of(uris.getFirst());
    }

    /** Who it is in the end. */
    public MsrpUri last() {
        return uris.getLast();
    }

    /** As on the wire; not to be written to. */
    public byte[] octets() {
        return octets;
    }

    /** This path and then that one. */
    public MsrpPath then(MsrpPath onward) {
        List<MsrpUri> all = new ArrayList<>(uris);
        all.addAll(onward.uris);
        return of(all);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof MsrpPath path && uris.equals(path.uris));
    }

    @Override
    public int hashCode() {
        return uris.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
