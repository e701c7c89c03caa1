/** INVITEs to the conference factory: a new group, or a talk that becomes one (SSP 16.2.13). */
package org.impsiwf.mapping.extension;
