package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.impsiwf.ssp.elements.groups.GroupStore.Joined;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIP members who stood in the groups when this process began: it was killed, and their sessions ended with it. Who has not
 * called again after a while is out. Only for a process that alone has the sessions. Thread-safe.
 */
final class AbsentMembers {

    private static final Logger LOG = LoggerFactory.getLogger(AbsentMembers.class);

    private final Duration wait;
    private final Map<String, Absent> byGroup = new HashMap<>();
    private Instant until = Instant.MAX;

    private record Absent(GroupId group, Set<UserId> users) {}

    /** @param wait how long they may take to call again */
    AbsentMembers(Duration wait) {
        this.wait = wait;
    }

    /** Once, before anybody is served. */
    synchronized void found(Collection<Joined> members, Instant now) {
        members.forEach(member -> byGroup.computeIfAbsent(
                        key(member.group()), any -> new Absent(member.group(), new LinkedHashSet<>()))
                .users()
                .add(lower(member.user())));
        until = now.plus(wait);
        if (!members.isEmpty()) {
            LOG.info(
                    "{} SIP members of {} groups have lost their sessions; who does not call again in {} s is put out",
                    members.size(),
                    byGroup.size(),
                    wait.toSeconds());
        }
    }

    /** The user joins, or has a session in the group again. */
    synchronized void called(GroupId group, UserId user) {
        Absent absent = byGroup.get(key(group));
        if (absent != null) {
            absent.users().remove(lower(user));
        }
    }

    /** Puts out who has not called in time, each group once. */
    void lookAfter(Instant now, BiConsumer<GroupId, List<UserId>> out) {
        for (Absent absent : overdue(now)) {
            if (!absent.users().isEmpty()) {
                out.accept(absent.group(), List.copyOf(absent.users()));
            }
        }
    }

    private synchronized List<Absent> overdue(Instant now) {
        if (now.isBefore(until)) {
            return List.of();
        }
        List<Absent> all = List.copyOf(byGroup.values());
        byGroup.clear();
        return all;
    }

    private static String key(GroupId group) {
        return group.value().toLowerCase(Locale.ROOT);
    }

    private static UserId lower(UserId user) {
        return new UserId(user.value().toLowerCase(Locale.ROOT));
    }
}
