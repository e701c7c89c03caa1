package org.impsiwf.ssp.session;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Services;

/**
 * SSP 10.8.3: what one of two servers has agreed to provide to the other, in this session.
 *
 * @param until when both sessions end unless it was renewed (SSP 9.1.3); empty: it lasts as long as they do
 */
public record Agreement(Services services, Optional<Instant> until) {}
