/** The {@code iwf} command: what a person types and what is printed. */
package org.impsiwf.gateway.cli;
