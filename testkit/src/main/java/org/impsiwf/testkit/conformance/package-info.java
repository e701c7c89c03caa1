/** What the documents require, which tests prove it, and the page that says so. */
package org.impsiwf.testkit.conformance;
