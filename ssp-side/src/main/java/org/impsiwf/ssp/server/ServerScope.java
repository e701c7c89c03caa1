package org.impsiwf.ssp.server;

import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.List;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.holding.HeldPair;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.store.Store;

/** What peers share. */
interface ServerScope {

    ServiceId self();

    InstantSource clock();

    SspCounters counters();

    SspTrace trace();

    /** What we say that we take (SSP 10.8.4); empty: anything. */
    List<String> acceptedContentTypes();

    Store<KeptAnswer> answers();

    Store<OriginalTransaction> originals();

    PeerLink link(PeerSettings settings, EventLoop loop, PeerLink.Owner owner);

    SessionKeeper keeper(PeerSettings settings, EventLoop loop, PairRecord stored, SessionKeeper.Executor executor);

    /** Who share our peers. */
    SharedNodes nodes();

    SspOffice office();

    Store<HeldPair> pairs();

    /** From now on messages with this id are the peer's. */
    void index(SessionId session, Peer peer);

    void unindex(SessionId session, Peer peer);

    /** To whoever listens; what it throws is our own mistake, is logged, and stops nothing. */
    void tell(SspEvent event);

    /** An SSP message that came as the body of an HTTP answer. */
    void messageInAnswer(Peer peer, byte[] message);
}
