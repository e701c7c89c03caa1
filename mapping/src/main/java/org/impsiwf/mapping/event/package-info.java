/** What the mapping is told ({@link org.impsiwf.mapping.event.Event}) and orders ({@link org.impsiwf.mapping.event.Command}). */
package org.impsiwf.mapping.event;
