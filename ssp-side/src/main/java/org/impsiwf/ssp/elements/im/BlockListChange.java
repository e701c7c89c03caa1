package org.impsiwf.ssp.elements.im;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.im.BlockStore.Entities;
import org.impsiwf.ssp.elements.im.BlockStore.Lists;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.ImPrimitive.BlockEntityRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ListStatus;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.StatusCode;

/** What a BlockEntityRequest makes of the lists (SSP 16.2.10). Pure. */
final class BlockListChange {

    private final int mostBlocked;
    private final int mostGranted;

    BlockListChange(int mostBlocked, int mostGranted) {
        this.mostBlocked = mostBlocked;
        this.mostGranted = mostGranted;
    }

    /** @throws Refusal 756 or 757 when a list would get too long */
    Lists applied(Lists before, BlockEntityRequest request) {
        return new Lists(
                changed(
                        before.blocked(),
                        request.unblockEntityList(),
                        request.blockEntityList(),
                        request.blockListStatus(),
                        mostBlocked,
                        StatusCode.THE_MAXIMUM_NUMBER_OF_USERS_IN_BLOCK_LIST_HAS_BEEN_REACHED_FOR_THE_USER),
                changed(
                        before.granted(),
                        request.ungrantEntityList(),
                        request.grantEntityList(),
                        request.grantListStatus(),
                        mostGranted,
                        StatusCode.THE_MAXIMUM_NUMBER_OF_USERS_IN_GRANT_LIST_HAS_BEEN_REACHED_FOR_THE_USER));
    }

    private static Entities changed(
            Entities before, List<Entity> removed, List<Entity> added, ListStatus status, int most, StatusCode full) {
        Map<String, Entity> entities = new LinkedHashMap<>();
        before.entities().forEach(entity -> entities.put(key(entity), entity));
        removed.forEach(entity -> entities.remove(key(entity)));
        added.forEach(entity -> entities.putIfAbsent(key(entity), entity));
        if (!added.isEmpty() && entities.size() > most) {
            throw Refusal.of(full);
        }
        return new Entities(List.copyOf(entities.values()), status == ListStatus.ACTIVE);
    }

    /** Equal for two spellings of one address. */
    static String key(Entity entity) {
        String value = entity instanceof ScreenName name
                ? name.groupId().map(Object::toString).orElse("") + " " + name.name()
                : entity.toString();
        return entity.getClass().getSimpleName() + " " + value.toLowerCase(Locale.ROOT);
    }
}
