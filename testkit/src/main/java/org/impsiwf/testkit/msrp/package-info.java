/** An MSRP endpoint over plain sockets that shares no code with the product. */
package org.impsiwf.testkit.msrp;
