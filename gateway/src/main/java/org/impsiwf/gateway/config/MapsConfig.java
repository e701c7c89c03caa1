package org.impsiwf.gateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where maps are. */
public record MapsConfig(
        @Key("URL of a map for people, with `{latitude}` and `{longitude}` where the place belongs.")
        Optional<MapUrl> url,

        @Key("A map server's pictures, the best content type first.")
        List<Picture> pictures,

        @Key("Widths in pixels that the map server makes, the best first; needed with `pictures`.")
        List<Integer> widths,

        @Key(value = "How long one picture may take.", byDefault = "5s", min = "100ms", max = "1m")
        Duration timeout) {

    /** Pictures of one content type. */
    public record Picture(
            @Key("Content type, such as `image/png`.") String type,

            @Key("URL of a picture, with `{latitude}`, `{longitude}` and `{width}`.")
            MapUrl url) {}
}
