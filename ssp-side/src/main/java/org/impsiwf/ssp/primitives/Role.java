package org.impsiwf.ssp.primitives;

/** SSP 6.1.1 and 13.1.7: the part that a server plays in a transaction. */
public enum Role {
    REQUESTOR,
    PROVIDER,
    /** In an invitation: the domain that invites. */
    REQUESTOR_1,
    /** In an invitation: the domain of the invited user. */
    REQUESTOR_2
}
