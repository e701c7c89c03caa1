package org.impsiwf.ssp.codec;

/** The one limit that must hold before the parser looks: it reads all attributes of a tag in one go. */
final class StartTags {

    private StartTags() {}

    /** Whether a tag in here is longer than the limit; comments, instructions and CDATA don't count. */
    static boolean anyLongerThan(int limit, byte[] document) {
        if (document.length <= limit) {
            return false;
        }
        int start = -1;
        for (int i = 0; i < document.length; i++) {
            if (document[i] == '<') {
                start = startsTag(document, i + 1) ? i : -1;
            } else if (document[i] == '>') {
                start = -1;
            } else if (start >= 0 && i - start > limit) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsTag(byte[] document, int at) {
        return at < document.length && document[at] != '!' && document[at] != '?';
    }
}
