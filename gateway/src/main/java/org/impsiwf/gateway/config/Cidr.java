package org.impsiwf.gateway.config;

/** An address range such as {@code 10.0.0.0/8} or {@code ::1/128}; a plain address is a range of one. */
public record Cidr(String address, int prefix) {
    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
