/** HTTP for operators: health, metrics, and questions about peers, sessions and conversations. Reads, never changes. */
package org.impsiwf.gateway.admin;
