/** URI lists in requests: RFC 4826 documents with RFC 5364 copy control, read and written. Pure. */
package org.impsiwf.sip.list;
