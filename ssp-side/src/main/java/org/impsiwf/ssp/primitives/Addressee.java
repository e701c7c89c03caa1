package org.impsiwf.ssp.primitives;

/** SSP 6.3: one entity in a role: who sends, receives, invites or is invited. */
public sealed interface Addressee permits User, GroupId, ScreenName, ContactListId {}
