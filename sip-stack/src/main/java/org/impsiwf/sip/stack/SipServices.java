package org.impsiwf.sip.stack;

import org.impsiwf.sip.auth.Authenticator;
import org.impsiwf.sip.registrar.Registrar;
import org.impsiwf.sip.resolve.HopResolver;
import org.impsiwf.sip.resolve.TargetLocator;
import org.impsiwf.sip.trust.TrustDomain;

/** What the SIP edge asks about users and ways, and whom it tells what it sees. */
public record SipServices(
        Authenticator authenticator,
        Registrar registrar,
        TargetLocator locator,
        HopResolver hops,
        TrustDomain trust,
        SipTrace trace,
        SipCounters counters) {}
