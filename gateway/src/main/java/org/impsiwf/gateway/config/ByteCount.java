package org.impsiwf.gateway.config;

/** A size in bytes; written {@code 1300}, {@code 100KB}, {@code 10MB} (powers of 1024). */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
    @Override
    public int compareTo(ByteCount other) {
        return Long.compare(bytes, other.bytes);
    }
}
