/**
 * The durable state of the Service Elements, in one relational database: H2 embedded or PostgreSQL, the same schema and
 * the same SQL (docs/decisions/0019). {@link org.impsiwf.ssp.storage.Database} is the base; each element's store
 * interface is implemented here.
 */
package org.impsiwf.ssp.storage;
