package org.impsiwf.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;

/**
 * What to do: save (or, when {@code next} is empty, remove), then carry out.
 *
 * @param timeToLive of the saved state; longer than its deadline
 */
public record Decision(Optional<State> next, List<Command> commands, Duration timeToLive) {}
