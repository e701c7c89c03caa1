package org.impsiwf.ssp.elements.common;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches maps from a map server whose URLs hold the place in their middle. */
public final class HttpMapImages implements MapImages {

    private static final Logger LOG = LoggerFactory.getLogger(HttpMapImages.class);
    private static final long LARGEST_BYTES = 1 << 20;

    private final SequencedMap<String, String> templates;
    private final List<Integer> widths;
    private final Duration patience;
    private final HttpClient http;

    /** No connection is opened while no picture is asked for; none at all when the settings name no map server. */
    public static MapImages of(MapSettings settings) {
        return settings.pictures().isEmpty() ? MapImages.NONE : new HttpMapImages(settings);
    }

    HttpMapImages(MapSettings settings) {
        templates = settings.pictures();
        widths = settings.widths();
        patience = settings.patience();
        http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    @Override
    public List<String> contentTypes() {
        return List.copyOf(templates.sequencedKeySet());
    }

    @Override
    public List<Integer> widths() {
        return widths;
    }

    @Override
    public Optional<byte[]> image(Place place, String contentType, int width) {
        String url = place.in(templates.get(contentType)).replace("{width}", String.valueOf(width));
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(patience).build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BYTES));
            String type = response.headers().firstValue("content-type").orElse("");
            return response.statusCode() == 200 && type.split(";")[0].strip().equalsIgnoreCase(contentType)
                    ? Optional.of(response.body())
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("map: no answer of the map server {}: {}", request.uri().getHost(), e.toString());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
