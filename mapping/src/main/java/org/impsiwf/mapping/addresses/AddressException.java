package org.impsiwf.mapping.addresses;

/** Text that is no address of any kind we bridge. The message says why; it does not repeat the text. */
public final class AddressException extends Exception {

    private static final long serialVersionUID = 1L;

    AddressException(String why) {
        super(why);
    }
}
