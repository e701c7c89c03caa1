/** MSRP on Netty: {@link org.impsiwf.msrp.transport.MsrpEndpoint} is the MSRP edge. */
package org.impsiwf.msrp.transport;
