package org.impsiwf.ssp.primitives;

/** What a receiver may be shown in place of an address. */
public sealed interface Displayed permits UserId, GroupId, ScreenName, DisplayName {}
