package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.presence.Presences;
import org.impsiwf.ssp.primitives.AcceptedContentType;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapResponse;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.GeoLocation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a map server of the test, whose pictures have as many bytes as pixels, PNG twice as many as GIF. */
@Tag("tx:GetMap")
@Tag("IMPS-SSP-CMSE-S-009")
class MapElementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId OPEN = new UserId("wv:open@home.example.com");
    private static final UserId SECRETIVE = new UserId("wv:secretive@home.example.com");
    private static final UserId GHOST = new UserId("wv:ghost@home.example.com");
    private static final UserId FAR = new UserId("wv:far@peer.example.com");
    private static final String URL = "https://maps.example.com/?q={latitude},{longitude}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = mapServer();
    private final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com");

    @AutoClose
    private final HttpMapImages images =
            new HttpMapImages(new MapSettings(Optional.empty(), templates(), List.of(200, 100), Duration.ofMinutes(1)));

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private HttpServer mapServer() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", exchange -> {
                String query = exchange.getRequestURI().getQuery();
                asked.add(exchange.getRequestURI().toString());
                String type = exchange.getRequestURI().getPath().substring(1);
                boolean sea = query.contains("lat=0&");
                byte[] body = new byte[Integer.parseInt(query.replaceAll(".*w=", "")) * (type.equals("png") ? 2 : 1)];
                exchange.getResponseHeaders().add("Content-Type", "image/" + type);
                exchange.sendResponseHeaders(sea ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SequencedMap<String, String> templates() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        SequencedMap<String, String> templates = new LinkedHashMap<>();
        templates.put("image/png", base + "/png?lat={latitude}&lon={longitude}&w={width}");
        templates.put("image/gif", base + "/gif?lat={latitude}&lon={longitude}&w={width}");
        return templates;
    }

    private Primitive serve(Optional<String> url, MapImages some, GetMapRequest request) {
        MapElement element = new MapElement(
                url,
                some,
                user -> !user.equals(GHOST),
                (owners, asking, attributes) ->
                        owners.contains(OPEN) ? Map.of(OPEN, presence("60.17", "24.94")) : Map.of(),
                sap);
        try {
            return element.serve(ServiceRequest.ofClient(ANN, request, NOON));
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    private Primitive url(GetMapRequest request) {
        return serve(Optional.of(URL), MapImages.NONE, request);
    }

    private Primitive image(AcceptedContentType... accepted) {
        return serve(Optional.empty(), images, at("60.17", "24.94", accepted));
    }

    private static GetMapRequest at(String latitude, String longitude, AcceptedContentType... accepted) {
        return new GetMapRequest(
                MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), ANN),
                List.of(accepted),
                Optional.of(place(latitude, longitude)),
                Optional.empty());
    }

    private static GetMapRequest of(UserId user, AcceptedContentType... shown) {
        return new GetMapRequest(
                MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), ANN),
                List.of(shown),
                Optional.empty(),
                Optional.of(user));
    }

    private static GeoLocation place(String latitude, String longitude) {
        return new GeoLocation(
                Optional.of(true),
                Optional.of(longitude),
                Optional.of(latitude),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static PresenceSubList presence(String latitude, String longitude) {
        return Presences.at(place(latitude, longitude));
    }

    private static AcceptedContentType accept(String type, long most) {
        return new AcceptedContentType(type, Optional.of(most), Optional.empty(), Optional.empty());
    }

    private static GetMapResponse map(String type, int bytes) {
        return new GetMapResponse(Status.of(200), Optional.of(Content.of(type, new byte[bytes])), Optional.empty());
    }

    private static GetMapResponse link(String url) {
        return new GetMapResponse(Status.of(200), Optional.empty(), Optional.of(url));
    }

    @ParameterizedTest(name = "SSP-320 {0} {1}")
    @CsvSource({
        "60.17, 24.94, '60.17,24.94'",
        "-33.9, -151, '-33.9,-151'",
        "S 33.9, W151.2, '-33.9,-151.2'",
        "90 N, 180 E, '90,180'"
    })
    void anyPlaceOnEarthHasAUrl(String latitude, String longitude, String inUrl) {
        assertThat(url(at(latitude, longitude))).isEqualTo(link("https://maps.example.com/?q=" + inUrl));
    }

    @ParameterizedTest(name = "SSP-324 [status:517] {0} {1}")
    @CsvSource({"91, 0", "0, 181", "north, east", "E 10, N 10", "1e9, 0", "'', ''"})
    void aPlaceThatIsNowhereHasNoMap(String latitude, String longitude) {
        assertThat(url(at(latitude, longitude))).isEqualTo(Status.of(517));
    }

    @Test
    @Tag("SSP-319")
    @Tag("status:400")
    void aRequestHasEitherAPlaceOrAUser() {
        var meta = MetaInformation.ofServer(sap.serviceId());
        for (Optional<GeoLocation> both : List.of(Optional.of(place("1", "1")), Optional.<GeoLocation>empty())) {
            Optional<UserId> user = both.map(any -> OPEN);
            assertThatThrownBy(() -> new GetMapRequest(meta, List.of(), both, user))
                    .isInstanceOfSatisfying(
                            InvalidPrimitiveException.class,
                            refused -> assertThat(refused.statusCode()).isEqualTo(400));
        }
    }

    @Test
    @Tag("SSP-321")
    @Tag("SSP-322")
    @Tag("status:517")
    void whoHidesThePlaceIsForTheAskerAtAPlaceWithoutAMap() {
        assertThat(url(of(OPEN))).isEqualTo(link("https://maps.example.com/?q=60.17,24.94"));
        assertThat(url(of(SECRETIVE))).isEqualTo(url(at("91", "0"))).isEqualTo(Status.of(517));
    }

    @Test
    @Tag("status:531")
    void anUnknownUserIsNowhere() {
        assertThat(url(of(GHOST))).isEqualTo(Status.of(531));
    }

    @Test
    @Tag("SSP-325")
    void aUserOfAnotherDomainIsLookedForThereWithWhatTheClientShows() {
        sap.answering(request -> link("https://maps.peer.example.com/1"));
        GetMapRequest request = of(FAR, accept("image/png", 400), AcceptedContentType.of("image/gif"));
        assertThat(url(request)).isEqualTo(link("https://maps.peer.example.com/1"));
        assertThat(sap.asked()).singleElement().satisfies(one -> {
            assertThat(one.domain()).isEqualTo("peer.example.com");
            assertThat(((GetMapRequest) one.primitive()).acceptedContentType())
                    .containsExactly(accept("image/png", 400), AcceptedContentType.of("image/gif"));
        });
    }

    @Test
    @Tag("SSP-323")
    @Tag("SSP-326")
    @Tag("status:200")
    void aMapThatFitsIsReturnedInTheTypeThatTheClientPrefers() {
        assertThat(image(accept("image/png", 400))).isEqualTo(map("image/png", 400));
        assertThat(image(AcceptedContentType.of("image/gif"), accept("image/png", 400)))
                .isEqualTo(map("image/gif", 200));
        assertThat(asked).containsExactly("/png?lat=60.17&lon=24.94&w=200", "/gif?lat=60.17&lon=24.94&w=200");
    }

    @Test
    @Tag("SSP-327")
    @Tag("status:411")
    void aClientThatShowsNoneOfOurTypesGetsNone() {
        assertThat(image(accept("image/wbmp", 4_000))).isEqualTo(Status.of(411));
        assertThat(asked).isEmpty();
    }

    @Test
    @Tag("SSP-328")
    void aTypeThatIsTooLargeIsFollowedByAnotherType() {
        assertThat(image(accept("image/png", 399), accept("image/gif", 399))).isEqualTo(map("image/gif", 200));
    }

    @Test
    @Tag("SSP-329")
    void whatFitsInNoTypeIsMadeSmaller() {
        assertThat(image(accept("image/png", 250), accept("image/gif", 150))).isEqualTo(map("image/png", 200));
    }

    @Test
    @Tag("SSP-330")
    @Tag("status:432")
    void whatFitsInNoSizeIsRefused() {
        assertThat(image(accept("image/png", 50), accept("image/gif", 50))).isEqualTo(Status.of(432));
    }

    @Test
    @Tag("SSP-324")
    @Tag("status:517")
    void aPlaceThatTheMapServerDoesNotKnowHasNoMap() {
        assertThat(serve(Optional.empty(), images, at("0", "0", accept("image/png", 4_000))))
                .isEqualTo(Status.of(517));
        server.stop(0);
        assertThat(image(accept("image/png", 4_000))).isEqualTo(Status.of(517));
    }
}
