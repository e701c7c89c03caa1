package org.impsiwf.ssp.domain;

import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.UserId;

/** Is told which clients of local users come and go; presence sets OnlineStatus by it (SSP 15). */
public interface SessionWatcher {

    void began(UserId user, ClientId client);

    void ended(UserId user, ClientId client);
}
