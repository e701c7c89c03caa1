/** {@code ./iwf domain}: a whole IMPS domain with users that follow scripts and can be acted for from outside. */
package org.impsiwf.gateway.domain;
