package org.impsiwf.testkit.conformance;

import java.util.List;

/**
 * One thing that a document requires: a rule, a transaction or an item of the conformance statement (SSP Appendix B).
 *
 * @param id as tests name it: {@code SSP-116}, {@code tx:SendMessage}, {@code IMPS-SSP-SAP-S-008}
 * @param section the heading that it stands under on the page
 * @param source clause of the document
 * @param text what it says, in our words
 * @param parts requirements that together are this one; a test of its own proves it as well
 */
record Requirement(String id, String section, String source, String text, List<String> parts) {}
