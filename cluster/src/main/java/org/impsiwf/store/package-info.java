/**
 * Shared state behind small interfaces: {@link org.impsiwf.store.Store}, {@link org.impsiwf.store.Ownership},
 * {@link org.impsiwf.store.Timers} and {@link org.impsiwf.store.Nodes}. One key, one owner, one copy.
 */
package org.impsiwf.store;
