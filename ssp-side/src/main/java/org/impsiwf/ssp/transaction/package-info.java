/**
 * SSP 8: transactions that we open ({@link org.impsiwf.ssp.transaction.Outgoing}) and that peers open ({@link
 * org.impsiwf.ssp.transaction.Incoming}), as pure functions. A transaction is found by its Transaction-ID within the
 * peer; which connection a message came over says nothing.
 */
package org.impsiwf.ssp.transaction;
