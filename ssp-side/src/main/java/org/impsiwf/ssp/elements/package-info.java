/**
 * The Service Elements of SSP 11 to 17: what a domain does for its users, and as complementary PSE for the users of
 * another domain. Each element decides and keeps its state behind a store interface of its own; {@code ssp.storage}
 * implements these over a database, {@code ssp.routing} brings requests here.
 */
package org.impsiwf.ssp.elements;
