package org.impsiwf.sip.event;

/**
 * Names one INVITE usage (RFC 5057) from its INVITE to its BYE, early dialogs and forks included. The edge issues it for
 * an INVITE that arrives, the mapping for one that it sends.
 */
public record InviteUsageId(String value) {}
