package org.impsiwf.ssp.elements.im;

import java.util.List;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** The outcome of a part of a request, and whom or what it concerns; with nothing named, the Status itself says whom. */
public record Part(
        List<UserId> users, List<GroupId> groups, List<ScreenName> names, List<MessageId> messages, Status status) {

    public Part {
        users = List.copyOf(users);
        groups = List.copyOf(groups);
        names = List.copyOf(names);
        messages = List.copyOf(messages);
    }

    static Part done() {
        return new Part(List.of(), List.of(), List.of(), List.of(), Status.of(StatusCode.SUCCESSFUL));
    }

    public static Part ofUsers(List<UserId> users, Status status) {
        return new Part(users, List.of(), List.of(), List.of(), status);
    }

    static Part ofMessage(MessageId message, Status status) {
        return new Part(List.of(), List.of(), List.of(), List.of(message), status);
    }

    public static Part of(Addressee addressee, Status status) {
        return switch (addressee) {
            case User user -> ofUsers(List.of(user.userId()), status);
            case GroupId group -> new Part(List.of(), List.of(group), List.of(), List.of(), status);
            case ScreenName name -> new Part(List.of(), List.of(), List.of(name), List.of(), status);
            case ContactListId list -> new Part(List.of(), List.of(), List.of(), List.of(), status);
        };
    }

    static Part ofEntity(Entity entity, Status status) {
        return switch (entity) {
            case UserId user -> ofUsers(List.of(user), status);
            case GroupId group -> of(group, status);
            case ScreenName name -> of(name, status);
            case ContactListId list -> of(list, status);
            case ApplicationId application -> new Part(List.of(), List.of(), List.of(), List.of(), status);
        };
    }
}
