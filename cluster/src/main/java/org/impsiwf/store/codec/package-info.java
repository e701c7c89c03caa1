/** The serialised form of records: one JSON object per record, described by the record's components and nothing else. */
package org.impsiwf.store.codec;
