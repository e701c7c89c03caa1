package org.impsiwf.ssp.primitives;

/** SSP 14: a member of a contact list, with or without a nick name. */
public sealed interface NickListEntry permits NickName, UserId {}
