/** What the gateway counts and measures, for Prometheus. */
package org.impsiwf.gateway.metrics;
