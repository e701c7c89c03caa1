package org.impsiwf.msrp.session;

import static org.impsiwf.msrp.message.MsrpStatus.BOUND_ELSEWHERE;
import static org.impsiwf.msrp.message.MsrpStatus.NO_SUCH_SESSION;
import static org.impsiwf.msrp.message.MsrpStatus.OK;
import static org.impsiwf.msrp.message.MsrpStatus.UNKNOWN_METHOD;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.session.SessionEffect.Admit;
import org.impsiwf.msrp.session.SessionEffect.AnnounceConnected;
import org.impsiwf.msrp.session.SessionEffect.AnnounceFailed;
import org.impsiwf.msrp.session.SessionEffect.Forget;
import org.impsiwf.msrp.session.SessionEffect.JoinConnection;
import org.impsiwf.msrp.session.SessionEffect.LeaveConnection;
import org.impsiwf.msrp.session.SessionEffect.OpenConnection;
import org.impsiwf.msrp.session.SessionEffect.Refuse;
import org.impsiwf.msrp.session.SessionEffect.SendFirst;
import org.impsiwf.msrp.session.SessionEvent.CloseOrdered;
import org.impsiwf.msrp.session.SessionEvent.ConnectionFailed;
import org.impsiwf.msrp.session.SessionEvent.ConnectionLost;
import org.impsiwf.msrp.session.SessionEvent.ConnectionOpened;
import org.impsiwf.msrp.session.SessionEvent.DeadlineReached;
import org.impsiwf.msrp.session.SessionEvent.FarEndGone;
import org.impsiwf.msrp.session.SessionEvent.FarEndKnown;
import org.impsiwf.msrp.session.SessionEvent.FirstSendAnswered;
import org.impsiwf.msrp.session.SessionEvent.SendArrived;
import org.impsiwf.msrp.session.SessionState.Awaiting;
import org.impsiwf.msrp.session.SessionState.Binding;
import org.impsiwf.msrp.session.SessionState.Claimed;
import org.impsiwf.msrp.session.SessionState.Connected;
import org.impsiwf.msrp.session.SessionState.Ended;
import org.impsiwf.msrp.session.SessionState.Opening;
import org.impsiwf.msrp.session.SessionState.Prepared;

/** The life of a session: state and event in, next state and effects out. {@code docs/state-machines/msrp-session.md} shows it. */
public final class SessionMachine {
    private final Duration bindWithin;

    /** @param bindWithin how long connecting and the first SEND may take together */
    public SessionMachine(Duration bindWithin) {
        this.bindWithin = bindWithin;
    }

    /** The next state and what to do. */
    public record Decision(SessionState next, List<SessionEffect> effects) {}

    public Decision decide(SessionState state, SessionEvent event, Instant now) {
        return switch (state) {
            case Prepared s -> prepared(s, event, now);
            case Claimed s -> claimed(s, event, now);
            case Awaiting s -> awaiting(s, event, now);
            case Opening s -> opening(s, event, now);
            case Binding s -> binding(s, event, now);
            case Connected s -> connected(s, event);
            case Ended s -> ended(s, event);
        };
    }

    private Decision prepared(Prepared s, SessionEvent event, Instant now) {
        return switch (event) {
            case FarEndKnown e
            when e.active() -> to(new Opening(e.farEnd(), now.plus(bindWithin)), new OpenConnection());
            case FarEndKnown e -> to(new Awaiting(e.farEnd(), now.plus(bindWithin)));
            case SendArrived e
            when e.trusted() ->
                to(new Claimed(e.connection(), e.fromPath()), new JoinConnection(e.connection()), new Admit());
            case SendArrived e -> stay(s, new Refuse(NO_SUCH_SESSION));
            case CloseOrdered e -> to(new Ended("closed"), new Forget());
            case ConnectionOpened e -> stay(s, new LeaveConnection(e.connection()));
            case ConnectionFailed e -> stay(s);
            case FirstSendAnswered e -> stay(s);
            case FarEndGone e -> stay(s);
            // Only a relay of ours is connected so early; without it the path leads nowhere.
            case ConnectionLost e -> fail(e.cause());
            case DeadlineReached e -> stay(s);
        };
    }

    private Decision claimed(Claimed s, SessionEvent event, Instant now) {
        return switch (event) {
            case FarEndKnown e
            when e.trusted() && same(s.fromPath(), e.farEnd()) ->
                to(new Connected(e.farEnd(), s.connection()), new AnnounceConnected());
            // Whoever claimed it is not who the signalling names (a fork that lost, a wrong certificate).
            case FarEndKnown e
            when e.active() ->
                to(
                        new Opening(e.farEnd(), now.plus(bindWithin)),
                        new LeaveConnection(s.connection()),
                        new OpenConnection());
            case FarEndKnown e ->
                to(new Awaiting(e.farEnd(), now.plus(bindWithin)), new LeaveConnection(s.connection()));
            case SendArrived e
            when e.connection().equals(s.connection()) && same(s.fromPath(), e.fromPath()) -> stay(s, new Admit());
            case SendArrived e -> stay(s, new Refuse(BOUND_ELSEWHERE));
            case ConnectionLost e when e.connection().equals(s.connection()) -> fail(e.cause());
            case CloseOrdered e -> to(new Ended("closed"), new LeaveConnection(s.connection()), new Forget());
            case ConnectionOpened e -> stay(s, new LeaveConnection(e.connection()));
            case ConnectionLost e -> stay(s);
            case ConnectionFailed e -> stay(s);
            case FirstSendAnswered e -> stay(s);
            case FarEndGone e -> stay(s);
            case DeadlineReached e -> stay(s);
        };
    }

    private static Decision awaiting(Awaiting s, SessionEvent event, Instant now) {
        return switch (event) {
            case SendArrived e
            when e.trusted() && same(s.farEnd(), e.fromPath()) ->
                to(
                        new Connected(s.farEnd(), e.connection()),
                        new JoinConnection(e.connection()),
                        new AnnounceConnected(),
                        new Admit());
            case SendArrived e -> stay(s, new Refuse(NO_SUCH_SESSION));
            // With a relay of our own the connection is there already: nothing has to be awaited.
            case ConnectionOpened e ->
                to(
                        new Connected(s.farEnd(), e.connection()),
                        new JoinConnection(e.connection()),
                        new AnnounceConnected());
            case DeadlineReached e when !now.isBefore(s.giveUpAt()) -> fail("the far end did not connect in time");
            case CloseOrdered e -> to(new Ended("closed"), new Forget());
            case DeadlineReached e -> stay(s);
            case FarEndKnown e -> stay(s);
            case ConnectionFailed e -> stay(s);
            case FirstSendAnswered e -> stay(s);
            case FarEndGone e -> stay(s);
            case ConnectionLost e -> stay(s);
        };
    }

    private static Decision opening(Opening s, SessionEvent event, Instant now) {
        return switch (event) {
            case ConnectionOpened e ->
                to(
                        new Binding(s.farEnd(), e.connection(), s.giveUpAt()),
                        new JoinConnection(e.connection()),
                        new SendFirst(e.connection()));
            case ConnectionFailed e -> fail(e.cause());
            // Both ends connect: the first that sends wins, ours is not needed.
            case SendArrived e
            when e.trusted() && same(s.farEnd(), e.fromPath()) ->
                to(
                        new Connected(s.farEnd(), e.connection()),
                        new JoinConnection(e.connection()),
                        new AnnounceConnected(),
                        new Admit());
            case SendArrived e -> stay(s, new Refuse(NO_SUCH_SESSION));
            case DeadlineReached e when !now.isBefore(s.giveUpAt()) -> fail("the connection could not be made in time");
            case CloseOrdered e -> to(new Ended("closed"), new Forget());
            case DeadlineReached e -> stay(s);
            case FarEndKnown e -> stay(s);
            case FirstSendAnswered e -> stay(s);
            case FarEndGone e -> stay(s);
            case ConnectionLost e -> stay(s);
        };
    }

    private static Decision binding(Binding s, SessionEvent event, Instant now) {
        return switch (event) {
            // Whoever does not understand a SEND without a body is there all the same.
            case FirstSendAnswered e
            when bindsAnyway(e.status()) -> to(new Connected(s.farEnd(), s.connection()), new AnnounceConnected());
            case FirstSendAnswered e ->
                fail("the first SEND was answered with " + e.status(), new LeaveConnection(s.connection()));
            case SendArrived e
            when e.connection().equals(s.connection()) && same(s.farEnd(), e.fromPath()) ->
                to(new Connected(s.farEnd(), s.connection()), new AnnounceConnected(), new Admit());
            case SendArrived e -> stay(s, new Refuse(BOUND_ELSEWHERE));
            case ConnectionLost e when e.connection().equals(s.connection()) -> fail(e.cause());
            case DeadlineReached e
            when !now.isBefore(s.giveUpAt()) ->
                fail("the first SEND was not answered in time", new LeaveConnection(s.connection()));
            case FarEndGone e -> fail("the far end answered " + e.status(), new LeaveConnection(s.connection()));
            case CloseOrdered e -> to(new Ended("closed"), new LeaveConnection(s.connection()), new Forget());
            case ConnectionOpened e -> stay(s, new LeaveConnection(e.connection()));
            case ConnectionLost e -> stay(s);
            case DeadlineReached e -> stay(s);
            case FarEndKnown e -> stay(s);
            case ConnectionFailed e -> stay(s);
        };
    }

    private static Decision connected(Connected s, SessionEvent event) {
        return switch (event) {
            case SendArrived e
            when e.connection().equals(s.connection()) ->
                same(s.farEnd(), e.fromPath()) ? stay(s, new Admit()) : stay(s, new Refuse(NO_SUCH_SESSION));
            case SendArrived e -> stay(s, new Refuse(BOUND_ELSEWHERE));
            case ConnectionLost e when e.connection().equals(s.connection()) -> fail(e.cause());
            case FarEndGone e -> fail("the far end answered " + e.status(), new LeaveConnection(s.connection()));
            case CloseOrdered e -> to(new Ended("closed"), new LeaveConnection(s.connection()), new Forget());
            case ConnectionOpened e
            when !e.connection().equals(s.connection()) -> stay(s, new LeaveConnection(e.connection()));
            case ConnectionOpened e -> stay(s);
            case ConnectionLost e -> stay(s);
            case FirstSendAnswered e -> stay(s);
            case FarEndKnown e -> stay(s);
            case ConnectionFailed e -> stay(s);
            case DeadlineReached e -> stay(s);
        };
    }

    private static Decision ended(Ended s, SessionEvent event) {
        return switch (event) {
            case SendArrived e -> stay(s, new Refuse(NO_SUCH_SESSION));
            case ConnectionOpened e -> stay(s, new LeaveConnection(e.connection()));
            case FarEndKnown e -> stay(s);
            case ConnectionFailed e -> stay(s);
            case FirstSendAnswered e -> stay(s);
            case FarEndGone e -> stay(s);
            case ConnectionLost e -> stay(s);
            case DeadlineReached e -> stay(s);
            case CloseOrdered e -> stay(s);
        };
    }

    private static boolean bindsAnyway(int status) {
        return status == OK || (status >= 400 && status < NO_SUCH_SESSION && status != 408) || status == UNKNOWN_METHOD;
    }

    // RFC 4975 §8.3: the last URI of a path is the endpoint; relays put theirs before it.
    private static boolean same(MsrpPath one, MsrpPath other) {
        return one.last().equals(other.last());
    }

    private static Decision to(SessionState next, SessionEffect... effects) {
        return new Decision(next, List.of(effects));
    }

    private static Decision stay(SessionState state, SessionEffect... effects) {
        return new Decision(state, List.of(effects));
    }

    private static Decision fail(String cause, SessionEffect... before) {
        List<SessionEffect> effects = new ArrayList<>(List.of(before));
        effects.add(new AnnounceFailed(cause));
        return new Decision(new Ended(cause), List.copyOf(effects));
    }
}
