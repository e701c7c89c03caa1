package org.impsiwf.testkit.msrp;

/** Host and port of an MSRP URI. */
record HostPort(String host, int port) {
    static HostPort of(String uri) {
        int start = uri.indexOf("//") + 2;
        String authority = uri.substring(start, uri.indexOf('/', start));
        int at = authority.indexOf('@');
        int colon = authority.lastIndexOf(':');
        return new HostPort(
                authority.substring(at + 1, colon).replaceAll("[\\[\\]]", ""),
                Integer.parseInt(authority.substring(colon + 1)));
    }
}
