package org.impsiwf.ssp.elements.common;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Where maps are (SSP 13.1.9). Templates are URLs with <code>{latitude}</code> and <code>{longitude}</code>.
 *
 * @param url template of a map for people; absent: none
 * @param pictures by content type, the best first, the template of a map server's pictures, with <code>{width}</code>
 * @param widths in pixels that the map server makes, the best first; needed with pictures
 * @param patience how long one picture may take
 */
public record MapSettings(
        Optional<String> url, SequencedMap<String, String> pictures, List<Integer> widths, Duration patience) {

    public static final MapSettings NONE =
            new MapSettings(Optional.empty(), new LinkedHashMap<>(), List.of(), Duration.ofSeconds(5));

    public MapSettings {
        pictures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(pictures));
        widths = List.copyOf(widths);
        if (widths.isEmpty() && !pictures.isEmpty()) {
            throw new IllegalArgumentException("pictures without a width");
        }
    }
}
