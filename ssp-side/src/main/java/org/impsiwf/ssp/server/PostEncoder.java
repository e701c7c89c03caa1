package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.transport.Post;

/** Makes one POST of what leaves together, with the headers that the observed server sends. Pure. */
final class PostEncoder {

    private final SspCodec codec;
    private final Dialect dialect;

    PostEncoder(SspCodec codec, Dialect dialect) {
        this.codec = codec;
        this.dialect = dialect;
    }

    /** @param batch of one kind and one session, at least one */
    Post encode(List<Outbound> batch) {
        Outbound first = batch.getFirst();
        if (first.setUp.isPresent()) {
            SspMessage.SetUp message = first.setUp.get();
            boolean token = message.primitive() instanceof SessionPrimitive.SendSecretToken;
            return new Post(
                    codec.encode(message, dialect),
                    token ? Optional.of(message.transactionId().value()) : Optional.empty(),
                    Optional.empty());
        }
        List<SspMessage.Transaction> transactions =
                batch.stream().map(m -> m.transaction.orElseThrow()).toList();
        var message = new SspMessage.InSession(first.session.orElseThrow(), transactions);
        boolean request = first.kind == Outbound.Kind.REQUEST;
        return new Post(
                codec.encode(message, dialect),
                request ? Optional.of(transactions.getFirst().transactionId().value()) : Optional.empty(),
                first.headerSession.map(Object::toString));
    }
}
