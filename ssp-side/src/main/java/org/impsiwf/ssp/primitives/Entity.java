package org.impsiwf.ssp.primitives;

/** SSP 16.2.10: what can be blocked or granted. */
public sealed interface Entity permits UserId, ScreenName, GroupId, ContactListId, ApplicationId {}
