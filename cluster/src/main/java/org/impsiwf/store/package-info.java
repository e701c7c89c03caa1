/**
 * Shared state behind small interfaces: {@link org.impsiwf.store.Store}, {@link org.impsiwf.store.Ownership} and
 * {@link org.impsiwf.store.Timers}. One key, one owner, one copy.
 */
package org.impsiwf.store;
