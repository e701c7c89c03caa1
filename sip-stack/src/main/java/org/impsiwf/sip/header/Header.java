package org.impsiwf.sip.header;

/** A header line to be added to a message. */
public record Header(String name, String value) {}
