package org.impsiwf.ssp.elements.contacts;

/**
 * How much one user may keep (SSP 14.2.1).
 *
 * @param lists contact lists per user
 * @param members members per list
 * @param associations users and lists per user that have an attribute list of their own
 */
public record ContactLimits(int lists, int members, int associations) {

    public static final ContactLimits DEFAULT = new ContactLimits(100, 1_000, 10_000);
}
