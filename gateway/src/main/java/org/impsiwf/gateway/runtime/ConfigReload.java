package org.impsiwf.gateway.runtime;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.impsiwf.gateway.admin.Reload;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.config.ConfigSource;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.config.SspConfig;
import org.impsiwf.ssp.primitives.ServiceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the peers and routes of a configuration that is read again; a peer that has changed logs out and comes back
 * as the new one, the others do not notice. Everything else needs a restart, and is named.
 */
final class ConfigReload implements Reload {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigReload.class);
    private static final Set<String> TAKEN_OVER = Set.of("ssp.peers", "ssp.routes");

    /** The edge that keeps the sessions with peers. */
    interface Peers {
        void add(PeerConfig peer, SspConfig all);

        void replace(PeerConfig peer, SspConfig all);

        void remove(ServiceId peer);
    }

    private final ConfigSource source;
    private final Peers peers;
    private final PeerDomains domains;
    private GatewayConfig current;

    ConfigReload(GatewayConfig current, ConfigSource source, Peers peers, PeerDomains domains) {
        this.current = current;
        this.source = source;
        this.peers = peers;
        this.domains = domains;
    }

    synchronized SspConfig ssp() {
        return current.ssp();
    }

    @Override
    public synchronized Outcome reload() {
        GatewayConfig next;
        try {
            next = source.read();
        } catch (ConfigException wrong) {
            LOG.warn("the configuration was not read again: it has mistakes");
            return new Outcome.Refused(wrong.getMessage().lines().toList());
        }
        List<String> restart = new ArrayList<>();
        differences("", current, next, restart);
        List<String> changes = takeOver(current.ssp(), next.ssp());
        current = next;
        LOG.info("configuration read again: {}", changes.isEmpty() ? "no peer has changed" : changes);
        return new Outcome.Done(changes, restart);
    }

    private List<String> takeOver(SspConfig old, SspConfig next) {
        List<String> changes = new ArrayList<>();
        Map<ServiceId, PeerConfig> before = byId(old);
        Map<ServiceId, PeerConfig> after = byId(next);
        // Whom a message goes to is decided anew before the sessions change, so that none goes to a peer that leaves.
        domains.reconfigure(next, changed(before, after, old, next));
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> {
            peers.remove(id);
            changes.add("peer " + id + " removed");
        });
        after.forEach((id, peer) -> {
            if (!before.containsKey(id)) {
                peers.add(peer, next);
                changes.add("peer " + id + " added");
            } else if (isChanged(id, before.get(id), peer, old, next)) {
                peers.replace(peer, next);
                changes.add("peer " + id + " changed");
            }
        });
        return changes;
    }

    private static Set<ServiceId> changed(
            Map<ServiceId, PeerConfig> before, Map<ServiceId, PeerConfig> after, SspConfig old, SspConfig next) {
        return after.keySet().stream()
                .filter(id -> !before.containsKey(id) || isChanged(id, before.get(id), after.get(id), old, next))
                .collect(Collectors.toSet());
    }

    private static boolean isChanged(ServiceId id, PeerConfig before, PeerConfig after, SspConfig old, SspConfig next) {
        return !before.equals(after) || !routesTo(id, old).equals(routesTo(id, next));
    }

    private static Set<String> routesTo(ServiceId peer, SspConfig ssp) {
        return ssp.routes().entrySet().stream()
                .filter(route -> route.getValue().equals(peer))
                .map(route -> route.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Map<ServiceId, PeerConfig> byId(SspConfig ssp) {
        return ssp.peers().stream().collect(Collectors.toMap(PeerConfig::serviceId, Function.identity()));
    }

    /** The keys under which two configurations differ, those that are taken over left out. */
    private static void differences(String path, Record one, Record other, List<String> found) {
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            String key = path + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            Object before = value(component, one);
            Object after = value(component, other);
            if (Objects.equals(before, after) || TAKEN_OVER.contains(key)) {
                continue;
            }
            if (isSection(before) && before instanceof Record section && after instanceof Record same) {
                differences(key + ".", section, same, found);
            } else {
                found.add(key);
            }
        }
    }

    private static boolean isSection(Object value) {
        return value.getClass().getPackage().equals(GatewayConfig.class.getPackage())
                && value.getClass().getSimpleName().endsWith("Config");
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("configuration " + component, impossible);
        }
    }
}
