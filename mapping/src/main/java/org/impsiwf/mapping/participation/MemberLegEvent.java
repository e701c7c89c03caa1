package org.impsiwf.mapping.participation;

import org.impsiwf.mapping.event.Event;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;

/** What can happen to the session of the user's client with our MSRP switch. */
sealed interface MemberLegEvent {

    /** Of an INVITE usage: a new one, or the one that this leg has. */
    record OfUsage(SipEvent.OfUsage event) implements MemberLegEvent {}

    /** The user's INVITE to the factory has led here. */
    record Agreed(Event.EntryAgreed event) implements MemberLegEvent {}

    /** The MSRP session that this leg has, or moves to, is ready. */
    record Prepared(MsrpEvent.SessionPrepared event) implements MemberLegEvent {}

    record Connected(MsrpEvent.SessionConnected event) implements MemberLegEvent {}

    record Failed(MsrpEvent.SessionFailed event) implements MemberLegEvent {}

    /** The user was invited; {@code asked} when it is being found out which session the new one replaces. */
    record Wanted(boolean asked) implements MemberLegEvent {}

    /** Which session the new one replaces. */
    record Named(Event.ReplacementNamed event) implements MemberLegEvent {}

    /** The user is in the group. */
    record Admitted() implements MemberLegEvent {}

    /** The host does not let the user in, or has put it out; an SSP status code. */
    record Denied(int code, String reason) implements MemberLegEvent {}

    /** The session is no longer wanted. */
    record Unwanted(String reason) implements MemberLegEvent {}

    /** The connection has proved dead under a message. */
    record Broken() implements MemberLegEvent {}

    /** Another node goes on with it: connections and transactions of the old one are lost. */
    record TakenOver() implements MemberLegEvent {}

    /** Its deadline has come. */
    record TimeUp() implements MemberLegEvent {}
}
