/**
 * Call flows as text: one file is a test in memory, a test over sockets and a picture in the documentation.
 *
 * <p>A line is {@code from -> to  Name  field=value  "text"}, a step in time {@code +5s}, a setting {@code given key=value}.
 * What goes to {@code iwf} is injected, what it sends is expected, per receiver in order. {@code $name} stands for the same
 * value throughout; fields that a line does not name do not matter.
 */
package org.impsiwf.testkit.flow;
