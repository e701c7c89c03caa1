package org.impsiwf.ssp.elements.common;

import java.util.List;
import java.util.Optional;

/** Pictures of maps. */
public interface MapImages extends AutoCloseable {

    /** No picture is made here. */
    MapImages NONE = new MapImages() {
        @Override
        public List<String> contentTypes() {
            return List.of();
        }

        @Override
        public List<Integer> widths() {
            return List.of();
        }

        @Override
        public Optional<byte[]> image(Place place, String contentType, int width) {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /** The content types that there are, the best first. */
    List<String> contentTypes();

    /** Widths, in pixels, that there are, the best first. */
    List<Integer> widths();

    /** A square map with the place in its centre and north above; absent where there is no map, or none now. */
    Optional<byte[]> image(Place place, String contentType, int width);

    /** Asks no map server any more. */
    @Override
    void close();
}
