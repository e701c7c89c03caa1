package org.impsiwf.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.MessageMedia.Direction;
import org.impsiwf.sip.event.MessageMedia.Setup;
import org.impsiwf.sip.sdp.SessionDescription.Attribute;
import org.impsiwf.sip.sdp.SessionDescription.Connection;
import org.impsiwf.sip.sdp.SessionDescription.Media;
import org.impsiwf.sip.sdp.SessionDescription.Origin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpRoundTripTest {

    private static final int RUNS = 500;

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121})
    void readingWhatWasWrittenGivesTheSameDescription(long seed) throws Exception {
        var random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            var description = description(random);
            assertThat(SdpReader.read(SdpWriter.write(description), SdpPolicy.DEFAULT))
                    .as("seed %d run %d", seed, run)
                    .isEqualTo(description);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 4975})
    void anOfferAndItsAnswerArriveAsTheyWereSaid(long seed) throws Exception {
        var random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            boolean secure = random.nextBoolean();
            var offer = media(random, secure, oneOf(random, Setup.values()));
            var answer = media(random, secure, random.nextBoolean() ? Setup.ACTIVE : Setup.PASSIVE);
            var offered = SdpSession.start("1").offer(offer);
            var received = SdpSession.start("2").receiveOffer(offered.sdp(), SdpPolicy.DEFAULT);
            assertThat(received.media()).as("seed %d run %d", seed, run).isEqualTo(offer);
            var answered = received.next().answer(answer);
            assertThat(offered.next()
                            .receiveAnswer(answered.sdp(), SdpPolicy.DEFAULT)
                            .media())
                    .isEqualTo(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4566})
    void damagedDescriptionsAreReadOrRefusedNeverWorse(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            byte[] bytes = SdpWriter.write(description(random));
            for (int hits = random.nextInt(1, 6); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                SdpSession.start("1").receiveOffer(bytes, SdpPolicy.DEFAULT);
            } catch (SdpException refused) {
                assertThat(refused.status()).isIn(400, 413, 488);
            }
        }
    }

    private static MessageMedia media(Random random, boolean secure, Setup setup) {
        String host = random.nextBoolean() ? "192.0.2." + random.nextInt(255) : "2001:db8::" + random.nextInt(1, 9999);
        String scheme = secure ? "msrps" : "msrp";
        List<String> path = IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(i -> scheme + "://h" + i + ".example.com:" + random.nextInt(1, 65_536) + "/s"
                        + Long.toHexString(random.nextLong()) + ";tcp")
                .toList();
        return new MessageMedia(
                secure,
                host,
                random.nextInt(1, 65_536),
                path,
                random.nextBoolean() ? List.of("*") : List.of("message/cpim", "text/plain", "image/*"),
                random.nextBoolean() ? List.of() : List.of("text/html"),
                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong(1L << 50)),
                setup,
                oneOf(random, Direction.values()),
                secure ? Optional.of("SHA-1 4A:AD:B9") : Optional.empty(),
                random.nextBoolean());
    }

    private static SessionDescription description(Random random) {
        var media = new ArrayList<Media>();
        for (int i = random.nextInt(4); i > 0; i--) {
            media.add(new Media(
                    word(random),
                    random.nextInt(65_536),
                    word(random),
                    word(random) + " " + word(random),
                    connection(random),
                    attributes(random)));
        }
        return new SessionDescription(
                new Origin(word(random), "" + random.nextInt(9999), "" + random.nextInt(99), "IP4", word(random)),
                word(random),
                connection(random),
                List.of("0 0"),
                attributes(random),
                media);
    }

    private static Optional<Connection> connection(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Connection("IP4", "192.0.2." + random.nextInt(255)));
            default -> Optional.of(new Connection("IP6", "2001:db8::" + random.nextInt(9999)));
        };
    }

    private static List<Attribute> attributes(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> random.nextBoolean()
                        ? Attribute.flag(word(random))
                        : Attribute.of(word(random), word(random) + ":" + word(random)))
                .toList();
    }

    private static <T> T oneOf(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(1, 12), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
