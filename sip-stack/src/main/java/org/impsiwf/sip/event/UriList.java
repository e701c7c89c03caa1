package org.impsiwf.sip.event;

import java.util.List;
import java.util.Optional;

/**
 * A URI list of a request (RFC 4826 with the copy control of RFC 5364): flat, in the order of the document, each URI once.
 *
 * @param entries never empty in a list that was received
 */
public record UriList(List<Entry> entries) {

    /** How openly an entry is named to the others (RFC 5364 §4); the first one wins where a URI is there twice. */
    public enum CopyControl {
        TO,
        CC,
        BCC
    }

    /**
     * One recipient.
     *
     * @param uri as in the document, URI headers and method parameter included
     * @param anonymize whether it is a recipient that the others are told of, but not by name
     */
    public record Entry(SipUri uri, Optional<String> displayName, CopyControl copyControl, boolean anonymize) {

        public static Entry to(SipUri uri) {
            return new Entry(uri, Optional.empty(), CopyControl.TO, false);
        }
    }

    public UriList {
        entries = List.copyOf(entries);
    }
}
