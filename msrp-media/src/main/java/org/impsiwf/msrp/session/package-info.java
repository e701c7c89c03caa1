/** What a session, an arriving and a leaving message do next: chunking, reassembly, reports. Pure: time is an argument. */
package org.impsiwf.msrp.session;
