/** Message bodies: what they are, how they are wrapped, what is absorbed. Contents are never altered. */
package org.impsiwf.mapping.content;
