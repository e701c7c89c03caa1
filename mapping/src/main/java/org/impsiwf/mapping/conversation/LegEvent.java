package org.impsiwf.mapping.conversation;

import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipEvent;

/** What can happen to the session with the SIP user. */
sealed interface LegEvent {

    /** Of an INVITE usage: a new one, or the one that this leg has. */
    record OfUsage(SipEvent.OfUsage event) implements LegEvent {}

    /** The MSRP session that this leg has, or renews to, is ready. */
    record Prepared(MsrpEvent.SessionPrepared event) implements LegEvent {}

    record Connected(MsrpEvent.SessionConnected event) implements LegEvent {}

    record Failed(MsrpEvent.SessionFailed event) implements LegEvent {}

    /** A message or an invitation of the IMPS user needs a session. */
    record Wanted() implements LegEvent {}

    /** The IMPS user was asked first and has answered. {@code code} 200 is yes. */
    record ImpsAnswered(int code) implements LegEvent {}

    /** The session is no longer wanted: the IMPS user took the invitation back, or the SIP user's client says that he left. */
    record Unwanted(String reason) implements LegEvent {}

    /** A session with a group has taken its place; {@code dialogKept} when it has taken the dialog, too. */
    record Replaced(boolean dialogKept) implements LegEvent {}

    /** The connection has proved dead under a message. */
    record Broken() implements LegEvent {}

    /** Another node goes on with it: connections and transactions of the old one are lost. */
    record TakenOver() implements LegEvent {}

    /** Its deadline has come. */
    record TimeUp() implements LegEvent {}
}
