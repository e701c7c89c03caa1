package org.impsiwf.ssp.server;

import java.util.List;
import org.impsiwf.ssp.primitives.AcceptedContentType;
import org.impsiwf.ssp.primitives.Services;

/**
 * What holds with a peer now (SSP 10).
 *
 * @param provided what it may ask of us
 * @param requested what we may ask of it
 * @param contentTypes what it said it takes (SSP 10.8.4), with its limits; empty: anything, or it did not say
 */
public record PeerAgreement(Services provided, Services requested, List<AcceptedContentType> contentTypes) {

    public PeerAgreement {
        contentTypes = List.copyOf(contentTypes);
    }
}
