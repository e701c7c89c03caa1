package org.impsiwf.ssp.elements.session;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.impsiwf.ssp.primitives.CspFeatures;

/** Sets of CSP functions (SSP 12.1.6). */
public final class CspFunctions {

    /** Everything that CSP knows. */
    public static final CspFeatures ALL = new CspFeatures(
            true,
            List.of(CspFeatures.ServiceFunction.values()),
            List.of(CspFeatures.SearchFunction.values()),
            List.of(CspFeatures.InviteFunction.values()),
            List.of(CspFeatures.VerifyFunction.values()),
            true,
            List.of(CspFeatures.ContactListFunction.values()),
            List.of(CspFeatures.PresenceAuthorisation.values()),
            List.of(CspFeatures.PresenceDelivery.values()),
            List.of(CspFeatures.AttributeListFunction.values()),
            true,
            List.of(CspFeatures.ImSending.values()),
            List.of(CspFeatures.ImReceiving.values()),
            List.of(CspFeatures.ImAuthorisation.values()),
            true,
            List.of(CspFeatures.GroupManagement.values()),
            List.of(CspFeatures.GroupUse.values()),
            List.of(CspFeatures.GroupAuthorisation.values()));

    private CspFunctions() {}

    /** What is in the first and not in the second. */
    static CspFeatures without(CspFeatures wanted, CspFeatures there) {
        RecordComponent[] components = CspFeatures.class.getRecordComponents();
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = without(
                        components[i].getAccessor().invoke(wanted),
                        components[i].getAccessor().invoke(there));
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return CspFeatures.class.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException impossible) {
            throw new IllegalStateException("functions of CSP", impossible.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("functions of CSP", impossible);
        }
    }

    private static Object without(Object wanted, Object there) {
        return wanted instanceof List<?> list
                ? list.stream().filter(one -> !((List<?>) there).contains(one)).toList()
                : (Object) ((Boolean) wanted && !(Boolean) there);
    }
}
