/**
 * The primitives of SSP 1.3, one sealed interface per chapter. A record is the schema of its primitive: its components
 * are the rows of the document's table in their order and under their names, their types say mandatory (plain),
 * optional ({@code Optional}) or repeated ({@code List}), and annotations say what differs from the rule.
 */
package org.impsiwf.ssp.primitives;
