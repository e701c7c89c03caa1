/** Which of several nodes runs the session pair with a peer: one at a time, and another one when that is gone. */
package org.impsiwf.ssp.holding;
