/** Log output: text or JSON, with the conversation's id on every line that has one, and no secrets. */
package org.impsiwf.gateway.log;
