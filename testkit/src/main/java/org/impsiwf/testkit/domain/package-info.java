/** A simulated IMPS domain: the product's own SSP server with scripted users behind it. */
package org.impsiwf.testkit.domain;
