/**
 * SSP 9: how two servers come to trust each other and how that ends, as pure functions. {@link
 * org.impsiwf.ssp.session.SessionPair} is the table; {@link org.impsiwf.ssp.session.PairEvent} goes in, {@link
 * org.impsiwf.ssp.session.PairEffect}s come out, {@link org.impsiwf.ssp.session.PairState} is what is stored.
 */
package org.impsiwf.ssp.session;
