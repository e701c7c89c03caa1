/** The figures of {@code ./iwf bench}: each one beside a ceiling measured in the same run, and their ratio. */
package org.impsiwf.bench;
