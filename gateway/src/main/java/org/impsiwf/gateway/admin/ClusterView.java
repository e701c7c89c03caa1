package org.impsiwf.gateway.admin;

import java.util.List;
import java.util.Optional;

/** What an operator may know of the nodes that make this gateway. Called on virtual threads; {@link #nodes} asks the others. */
public interface ClusterView {

    /** The node that is asked. */
    String self();

    /** Empty when this node may work; else why not, in a few words. */
    Optional<String> outOfTouch();

    /** Why another node must not be stopped yet, in a few words, until this one has its part of what the nodes share; then empty. */
    Optional<String> unsettled();

    /** Every node that may be at work, this one first. */
    List<Node> nodes();

    /**
     * @param state absent when the node did not answer
     */
    record Node(String node, boolean answers, Optional<State> state) {}

    /**
     * @param version of the program
     * @param inTouch whether no other node can have taken it for dead
     * @param conversations that have a session or a message on its way there
     * @param seats mailboxes that it works on
     */
    record State(String version, String phase, boolean inTouch, long conversations, long seats) {}
}
