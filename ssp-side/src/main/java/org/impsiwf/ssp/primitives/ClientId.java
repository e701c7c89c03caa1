package org.impsiwf.ssp.primitives;

import java.util.Optional;

/**
 * SSP 6.3.4: one client of a user, or one application there.
 *
 * @param url names the client; empty where the application alone does
 */
@Reference(element = "ClientID", attribute = "url")
public record ClientId(
        @EmptyIfAbsent String url, @Element("ApplicationID") Optional<ApplicationId> applicationId) {

    public static ClientId of(String url) {
        return new ClientId(url, Optional.empty());
    }
}
