package org.impsiwf.ssp.domain;

import java.time.Duration;

/**
 * What others may cost a domain.
 *
 * @param requestsPerPeer requests of one neighbour that are being served or wait their turn; beyond it they get 503
 * @param requestsPerClient the same of one client
 * @param clientsPerUser clients of one user that may be attached at once
 * @param clients clients attached at once
 * @param telling primitives that are on their way to many users at once
 * @param clientPatience how long a client may take for one primitive
 * @param answerPatience how long we wait for a neighbour's answer, should the transaction's own time not end it
 */
public record DomainLimits(
        int requestsPerPeer,
        int requestsPerClient,
        int clientsPerUser,
        int clients,
        int telling,
        Duration clientPatience,
        Duration answerPatience) {

    public static final DomainLimits DEFAULT =
            new DomainLimits(2_000, 100, 16, 1_000_000, 500, Duration.ofSeconds(5), Duration.ofMinutes(10));

    public DomainLimits withRequestsPerPeer(int most) {
        return new DomainLimits(
                most, requestsPerClient, clientsPerUser, clients, telling, clientPatience, answerPatience);
    }

    public DomainLimits withClientPatience(Duration patience) {
        return new DomainLimits(
                requestsPerPeer, requestsPerClient, clientsPerUser, clients, telling, patience, answerPatience);
    }
}
