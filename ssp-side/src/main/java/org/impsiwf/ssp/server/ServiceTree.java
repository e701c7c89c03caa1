package org.impsiwf.ssp.server;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Services;

/** SSP 10.2 to 10.7: what a service tree has to be, and what two of them have in common. Pure. */
final class ServiceTree {

    private ServiceTree() {}

    /** SSP 10.4: Complementary Invite says how invitations travel, so the node with their types is there, too. */
    static boolean isComplete(Services services) {
        return services.common()
                .map(common -> !common.complementaryInvite() || common.invite().isPresent())
                .orElse(true);
    }

    static Services common(Services ours, Services theirs) {
        return (Services) commonRecord(ours, theirs);
    }

    private static Record commonRecord(Record one, Record other) {
        RecordComponent[] components = one.getClass().getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = commonNode(
                        components[i].getAccessor().invoke(one),
                        components[i].getAccessor().invoke(other));
            }
            Constructor<? extends Record> canonical = one.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("service tree " + one.getClass(), impossible);
        }
    }

    /** A node is a flag, or a feature with nodes of its own that may be absent. */
    private static Object commonNode(Object one, Object other) {
        if (one instanceof Optional<?> ours && other instanceof Optional<?> theirs) {
            return ours.isPresent() && theirs.isPresent()
                    ? Optional.of(commonRecord((Record) ours.get(), (Record) theirs.get()))
                    : Optional.empty();
        }
        return (Boolean) one && (Boolean) other;
    }
}
