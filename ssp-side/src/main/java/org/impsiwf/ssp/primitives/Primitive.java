package org.impsiwf.ssp.primitives;

/** A primitive of SSP 1.3: a record that is its own schema. A primitive that exists is valid. */
public sealed interface Primitive
        permits Status,
                SessionPrimitive,
                ServicePrimitive,
                ProfilePrimitive,
                UserSessionPrimitive,
                CommonPrimitive,
                InvitationPrimitive,
                ContactListPrimitive,
                PresencePrimitive,
                ImPrimitive,
                GroupPrimitive {}
