/**
 * The gateway's configuration: records that say what can be set, its default and its meaning; a reader that reports every
 * mistake with its line; the reference page that follows from the records.
 */
package org.impsiwf.gateway.config;
