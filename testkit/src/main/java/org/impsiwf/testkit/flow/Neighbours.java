package org.impsiwf.testkit.flow;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.ssp.primitives.ServiceId;

/** The IMPS domains that the gateway knows; the first one has the telephone numbers. */
record Neighbours(List<SspDesk> desks) implements Domains {

    @Override
    public Optional<Peer> serving(String domain) {
        return named(new ServiceId("wv:@" + domain));
    }

    @Override
    public Optional<Peer> forTelephoneNumbers() {
        return Optional.of(desks.getFirst().peer());
    }

    @Override
    public Optional<Peer> named(ServiceId id) {
        return desks.stream()
                .map(SspDesk::peer)
                .filter(peer -> peer.id().equals(id))
                .findFirst();
    }
}
