package org.impsiwf.ssp.storage;

import java.util.Locale;

/** How an address stands in a key: addresses are compared without regard to case (SSP 6.3). */
public final class Keys {

    private Keys() {}

    /** @param address a User-ID, Group-ID or other address, by its {@code toString} */
    public static String of(Object address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
