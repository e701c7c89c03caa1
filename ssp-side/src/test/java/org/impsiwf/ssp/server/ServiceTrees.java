package org.impsiwf.ssp.server;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Services;

/** Service trees (SSP 10.2): everything, and what is left of it without one node. */
final class ServiceTrees {

    static final Services ALL = ServiceTerms.EVERYTHING;

    private ServiceTrees() {}

    /** Named without any node: the mandatory part only. */
    static Services bare(String feature) {
        Services.SendMsg usersOnly = new Services.SendMsg(false, false);
        return new Services(
                Optional.of(new Services.SapFeature(true, false, false, false)),
                feature.equals("common")
                        ? Optional.of(new Services.CommonFeature(
                                Optional.empty(), false, Optional.empty(), false, false, false))
                        : Optional.empty(),
                feature.equals("presence")
                        ? Optional.of(new Services.PresenceFeature(false, false, false, false))
                        : Optional.empty(),
                feature.equals("im")
                        ? Optional.of(new Services.ImFeature(
                                Optional.of(usersOnly),
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false,
                                false))
                        : Optional.empty(),
                feature.equals("group")
                        ? Optional.of(new Services.GroupFeature(false, false, false, false))
                        : Optional.empty());
    }

    /** Everything but one type of search. */
    static Services withSearch(String missing) {
        Services.CommonFeature all = ALL.common().orElseThrow();
        var search =
                new Services.Search(!missing.equals("user"), !missing.equals("group"), !missing.equals("advanced"));
        return new Services(
                ALL.sap(),
                Optional.of(new Services.CommonFeature(all.invite(), true, Optional.of(search), true, true, true)),
                ALL.presence(),
                ALL.im(),
                ALL.group());
    }

    /** Everything but one type of invitation. */
    static Services withoutInvite(String type) throws ReflectiveOperationException {
        Services.CommonFeature all = ALL.common().orElseThrow();
        Services.Invite invite = without(Services.Invite.class, all.invite().orElseThrow(), type);
        return new Services(
                ALL.sap(),
                Optional.of(new Services.CommonFeature(Optional.of(invite), true, all.search(), true, true, true)),
                ALL.presence(),
                ALL.im(),
                ALL.group());
    }

    /** The same tree without the node of this name, wherever it is. */
    static Services without(Services tree, String node) throws ReflectiveOperationException {
        return without(Services.class, tree, node);
    }

    private static <R extends Record> R without(Class<R> type, R tree, String node)
            throws ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = component.getAccessor().invoke(tree);
            if (component.getName().equals(node)) {
                value = value instanceof Boolean ? (Object) false : Optional.empty();
            } else if (value instanceof Optional<?> some && some.isPresent()) {
                Record child = (Record) some.get();
                value = Optional.of(withoutIn(child, node));
            }
            values.add(value);
        }
        Constructor<R> canonical = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new));
        return canonical.newInstance(values.toArray());
    }

    @SuppressWarnings("unchecked") // the class of a record is that of its own type
    private static <R extends Record> R withoutIn(R child, String node) throws ReflectiveOperationException {
        return without((Class<R>) child.getClass(), child, node);
    }
}
