package org.impsiwf.mapping.content;

import java.util.Locale;

/** RFC 3994: SSP has no word for it, so it ends at the gateway. */
public final class IsComposing {

    private IsComposing() {}

    /** Whether the document says that the user has left, which ends the session (RFC 7573 §6.1). One that cannot be read says nothing. */
    public static boolean saysGone(byte[] document) {
        StateReader reader = new StateReader();
        try {
            SafeXml.read(document, reader);
        } catch (ContentException e) {
            return false;
        }
        return reader.state.equals("gone");
    }

    private static final class StateReader implements SafeXml.Visitor {
        private String state = "";

        @Override
        public void element(String localName, int depth) {
            // Only what stands inside matters.
        }

        @Override
        public void end(String localName, String text, int depth) {
            if (localName.equals("state") && depth == 2) {
                state = text.toLowerCase(Locale.ROOT);
            }
        }
    }
}
