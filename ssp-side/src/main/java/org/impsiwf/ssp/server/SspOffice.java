package org.impsiwf.ssp.server;

import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Nodes;
import org.impsiwf.store.RecordCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Letters between the SSP servers of one domain on several nodes. */
final class SspOffice {

    private static final Logger LOG = LoggerFactory.getLogger(SspOffice.class);

    /** Takes what comes from other nodes; on a thread that may block for a moment. */
    interface Clerk {
        Reply take(String from, Letter letter);
    }

    private final Nodes nodes;
    private final String name;
    private final RecordCodec<Letter> letters = RecordCodec.of(Letter.class);
    private final RecordCodec<Reply> replies = RecordCodec.of(Reply.class);

    SspOffice(Nodes nodes, String domain) {
        this.nodes = nodes;
        name = "ssp-" + domain;
    }

    void open(Clerk clerk) {
        nodes.open(name, (from, letter) -> replies.encode(clerk.take(from, letters.decode(letter))));
    }

    /**
     * Waits for the answer; from virtual threads only. An office that fails is as good as one that does not hold the peer.
     *
     * @throws NodeGoneException when that node is not there; the letter may have been taken all the same
     */
    Reply send(String node, Letter letter) throws NodeGoneException {
        try {
            return replies.decode(nodes.deliver(node, name, letters.encode(letter)));
        } catch (IllegalStateException failed) {
            LOG.warn("node {} failed on {}: {}", node, letter.getClass().getSimpleName(), failed.getMessage());
            return new Reply.NotMine();
        }
    }

    /** Does not wait; whoever is gone does not need to know. */
    void mail(String node, Letter letter) {
        Thread.ofVirtual().name("ssp-mail-" + node).start(() -> {
            try {
                send(node, letter);
            } catch (NodeGoneException gone) {
                LOG.debug("{} for a node that is gone", letter.getClass().getSimpleName());
            }
        });
    }

    void mailAllOthers(Letter letter) {
        nodes.alive().stream().filter(node -> !node.equals(nodes.self())).forEach(node -> mail(node, letter));
    }
}
