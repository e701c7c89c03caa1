package org.impsiwf.ssp.server;

import java.util.Optional;
import org.impsiwf.ssp.primitives.Primitive;

/**
 * D-25: what a transaction of a peer was answered with, for its repeats, on whichever node they arrive.
 *
 * @param answer empty for a one-way transaction
 */
public record KeptAnswer(Optional<Primitive> answer) {}
