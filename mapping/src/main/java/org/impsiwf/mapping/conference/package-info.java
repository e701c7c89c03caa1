/** What all SIP users in one group share (RFC 4353): roster, subscriptions, and the messages on their way to them. */
package org.impsiwf.mapping.conference;
