/**
 * Stores that several nodes share, on Hazelcast's community edition. What it guarantees and what not is in
 * {@code docs/decisions}: no CP subsystem, hence no lock of its own is rested on; every save is one compare-and-set on
 * the partition's owner.
 */
package org.impsiwf.store.hazelcast;
