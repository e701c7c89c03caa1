package org.impsiwf.mapping.extension;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.statuses.RefusedUris;
import org.impsiwf.mapping.statuses.SspToSip;
import org.impsiwf.mapping.statuses.Warning;
import org.impsiwf.sip.event.SipCommand.Response;

/** What an initiator is told when there will be no group. */
final class Refusals {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Policy policy;

    Refusals(Policy policy) {
        this.policy = policy;
    }

    Response because(int status, String text) {
        return Warning.of(policy.ourDomain(), text).refusal(status);
    }

    Response notAcceptable() {
        return FarEnd.noRoom(policy.ourDomain());
    }

    Response tooMany(int named) {
        int most = policy.conferences().maxAdhocGroupSize();
        return Warning.ofTooMany(policy.ourDomain(), most, named).refusal(403);
    }

    Response nobodyServed(List<String> refused) {
        return new Response(404, Optional.empty(), Optional.empty(), RefusedUris.header(refused));
    }

    /** @param note what the other party said to it */
    Response ofCode(int code, Optional<String> note) {
        Response response = SspToSip.verdict(code, SspToSip.Method.INVITE).response(policy.ourDomain());
        if (Names.clean(note).isEmpty()) {
            return response;
        }
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.putAll(Warning.of(policy.ourDomain(), Names.clean(note).get()).header());
        return new Response(response.status(), response.reason(), response.retryAfter(), headers);
    }

    Response stopping() {
        return new Response(503, Optional.empty(), Optional.of(SOON), Map.of());
    }
}
