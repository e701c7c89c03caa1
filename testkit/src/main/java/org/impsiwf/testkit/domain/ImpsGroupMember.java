package org.impsiwf.testkit.domain;

import java.util.Optional;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;

/** A user of the simulated domain in a group that the other domain hosts. */
public final class ImpsGroupMember {

    private final ImpsUser user;
    private final GroupId group;
    private final String screenName;

    ImpsGroupMember(ImpsUser user, GroupId group, String screenName) {
        this.user = user;
        this.group = group;
        this.screenName = screenName;
    }

    public GroupId group() {
        return group;
    }

    public String screenName() {
        return screenName;
    }

    /** Asks to be let in, and to be told of changes; gives the answer. */
    static Primitive asksIn(ImpsUser user, GroupId group, String screenName) {
        return user.asks(new JoinGroupRequest(
                user.meta(),
                group,
                /* joinedRequest= */ true,
                Optional.of(ScreenName.in(group, screenName)),
                /* subscribeNotif= */ true,
                Optional.empty(),
                Optional.empty()));
    }

    /** Is let in, under that name or the one that the group has made. */
    static ImpsGroupMember joins(ImpsUser user, GroupId group, String screenName) {
        Primitive answer = asksIn(user, group, screenName);
        if (answer instanceof JoinGroupResponse response
                && response.statusInfo().isSuccess()) {
            return new ImpsGroupMember(
                    user, group, response.screenName().map(ScreenName::name).orElse(screenName));
        }
        throw new AssertionError(user.id() + " was not let into " + group + ": " + answer);
    }

    /** Says it to everybody, and expects that it was accepted. */
    public void says(String text) {
        int status = user.sends(group, Content.text(text), false, user.newMessageId())
                .expectsStatus();
        if (status / 100 != 2) {
            throw new AssertionError(user.id() + ": \"" + text + "\" was answered " + status);
        }
    }

    /** Waits for it, said in this group by who has that screen name. */
    public void expectsText(String text, String from) {
        ArrivedMessage message = user.expectsText(text);
        Optional<ScreenName> by = message.screenName();
        if (!by.equals(Optional.of(ScreenName.in(group, from)))) {
            throw new AssertionError(user.id() + " read \"" + text + "\" of " + by + ", not of " + from);
        }
    }

    /** Waits for it, whoever says it. */
    public void expectsText(String text) {
        user.expectsText(text);
    }

    /** Waits until told that somebody has come. */
    public void expectsJoined(String name) {
        user.expectsNotice(
                group,
                name + " has joined",
                notice -> notice.joinedUserScreenNameList().contains(name));
    }

    /** Waits until told that somebody has gone, whoever it is. */
    public GroupChangeNotice expectsSomebodyLeft() {
        return user.expectsNotice(
                group,
                "somebody has left",
                notice -> !notice.leftUserScreenNameList().isEmpty());
    }

    /** Goes, of its own will. */
    public void leaves() {
        Primitive answer = user.asks(new LeaveGroupRequest(user.meta(), group));
        boolean gone = answer instanceof LeaveGroupIndication left
                && left.statusInfo().filter(Status::isSuccess).isPresent();
        if (!gone) {
            throw new AssertionError(user.id() + ": leaving " + group + " was answered " + answer);
        }
    }
}
