/** SSP on the wire: XML to primitives and back, driven by the records of {@link org.impsiwf.ssp.primitives}. Pure. */
package org.impsiwf.ssp.codec;
