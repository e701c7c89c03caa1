package org.impsiwf.gateway.config;

import static java.util.Map.entry;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.primitives.ServiceId;

/** The values that a configuration consists of. */
final class ValueTypes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(KB|MB|GB|B)?");
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*):(\\d{1,5})");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    private static final Pattern USER = Pattern.compile("[^\\s@:/<>\"]{1,128}");
    private static final Pattern SIP_URI = Pattern.compile(
            "sips?:([^@\\s<>\"]+@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?((;[^\\s;<>\"]+)*)");

    private static final Map<Class<?>, ValueType<?>> TYPES = Map.ofEntries(
            entry(String.class, new ValueType<>("a text", text -> text)),
            entry(Secret.class, new ValueType<>("a text", Secret::new)),
            entry(boolean.class, new ValueType<>("true or false", ValueTypes::bool)),
            entry(int.class, new ValueType<>("a whole number", Integer::valueOf)),
            entry(Integer.class, new ValueType<>("a whole number", Integer::valueOf)),
            entry(
                    Duration.class,
                    new ValueType<>("a duration such as 500ms, 30s, 10m, 1h or 2d", ValueTypes::duration)),
            entry(ByteCount.class, new ValueType<>("a size such as 1300, 100KB or 10MB", ValueTypes::size)),
            entry(ListenAddress.class, new ValueType<>("ADDRESS:PORT such as 127.0.0.1:8080", ValueTypes::listen)),
            entry(
                    SipListenAddress.class,
                    new ValueType<>("TRANSPORT:ADDRESS:PORT such as udp:127.0.0.1:5060", ValueTypes::sipListen)),
            entry(Cidr.class, new ValueType<>("an address or a range such as 10.0.0.0/8", ValueTypes::cidr)),
            entry(DomainName.class, new ValueType<>("a domain such as ims.example.com", ValueTypes::domain)),
            entry(ServiceId.class, new ValueType<>("a Service-ID such as wv:@imps.example.com", ValueTypes::serviceId)),
            entry(
                    SipUri.class,
                    new ValueType<>("a SIP URI such as sip:192.0.2.1:5060;transport=tcp", ValueTypes::sipUri)),
            entry(SipUserAddress.class, new ValueType<>("a user such as alice@ims.example.com", ValueTypes::sipUser)),
            entry(
                    ImpsUserAddress.class,
                    new ValueType<>("a user such as wv:bob@imps.example.com", ValueTypes::impsUser)),
            entry(
                    MapUrl.class,
                    new ValueType<>(
                            "a URL with {latitude} and {longitude}, such as http://maps.example.com/?q={latitude},{longitude}",
                            ValueTypes::mapUrl)),
            entry(URI.class, new ValueType<>("a URL such as http://127.0.0.1:8081/", ValueTypes::url)));

    private ValueTypes() {}

    /** @param base where a relative file name starts */
    static Optional<ValueType<?>> of(Class<?> type, Path base) {
        if (type.isEnum()) {
            return Optional.of(ofEnum(type));
        }
        if (type == Path.class) {
            return Optional.of(new ValueType<>("a file name", written -> file(base, written)));
        }
        return Optional.ofNullable(TYPES.get(type));
    }

    private static ValueType<?> ofEnum(Class<?> type) {
        List<String> labels =
                Arrays.stream(type.getEnumConstants()).map(ValueTypes::label).toList();
        String what = "one of " + String.join(", ", labels);
        return new ValueType<>(what, written -> {
            for (Object constant : type.getEnumConstants()) {
                if (label(constant).equalsIgnoreCase(written)) {
                    return constant;
                }
            }
            String meant = Suggestion.among(labels, written)
                    .map(word -> "; did you mean " + word + "?")
                    .orElse("");
            throw new ValueType.Expected("\"" + written + "\" is not " + what + meant);
        });
    }

    private static String label(Object constant) {
        return constant instanceof Spelt spelt
                ? spelt.spelling()
                : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Boolean bool(String written) {
        return switch (written) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Duration duration(String written) {
        Matcher match = matched(DURATION, written);
        long amount = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static ByteCount size(String written) {
        Matcher match = matched(SIZE, written);
        long unit = switch (match.group(2)) {
            case "KB" -> 1L << 10;
            case "MB" -> 1L << 20;
            case "GB" -> 1L << 30;
            case null, default -> 1;
        };
        return new ByteCount(Math.multiplyExact(Long.parseLong(match.group(1)), unit));
    }

    private static ListenAddress listen(String written) {
        Matcher match = HOST_PORT.matcher(written);
        if (!match.matches()) {
            throw new ValueType.Expected("\"" + written + "\" has no port; write ADDRESS:PORT such as 127.0.0.1:8080");
        }
        int port = Integer.parseInt(match.group(2));
        if (port > 65535) {
            throw new ValueType.Expected("\"" + written + "\": a port is 0 to 65535 (0 takes any free one)");
        }
        return new ListenAddress(literal(match.group(1)), port);
    }

    private static SipListenAddress sipListen(String written) {
        int colon = written.indexOf(':');
        String transport = colon < 0 ? written : written.substring(0, colon);
        for (var known : SipListenAddress.Transport.values()) {
            if (known.name().equalsIgnoreCase(transport)) {
                return new SipListenAddress(known, listen(written.substring(colon + 1)));
            }
        }
        throw new ValueType.Expected(
                "\"" + written + "\" does not start with udp:, tcp: or tls:; write for example udp:127.0.0.1:5060");
    }

    private static String literal(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (bare.equals("localhost")) {
            throw new ValueType.Expected("a literal address is expected, not a name; write 127.0.0.1 for localhost");
        }
        return InetAddress.ofLiteral(bare).getHostAddress();
    }

    private static Cidr cidr(String written) {
        int slash = written.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? written : written.substring(0, slash));
        int bits = address.getAddress().length * 8;
        int prefix = slash < 0 ? bits : Integer.parseInt(written.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new ValueType.Expected("\"" + written + "\": the part after the slash is 0 to " + bits);
        }
        return new Cidr(address.getHostAddress(), prefix);
    }

    private static DomainName domain(String written) {
        return new DomainName(matched(DOMAIN, written).group().toLowerCase(Locale.ROOT));
    }

    private static ServiceId serviceId(String written) {
        if (!written.startsWith("wv:@")) {
            throw new ValueType.Expected("\"" + written + "\" is not a Service-ID: it starts with wv:@"
                    + (written.contains("@")
                            ? "; did you mean wv:" + written.substring(written.indexOf('@')) + "?"
                            : ""));
        }
        return new ServiceId("wv:@" + domain(written.substring(4)).value());
    }

    private static SipUri sipUri(String written) {
        Matcher match = matched(SIP_URI, written);
        if (match.group(3) != null && Integer.parseInt(match.group(3).substring(1)) > 65535) {
            throw new ValueType.Expected("\"" + written + "\": a port is 1 to 65535");
        }
        return new SipUri(written);
    }

    private static SipUserAddress sipUser(String written) {
        String bare = written.startsWith("sip:") ? written.substring(4) : written;
        int at = bare.indexOf('@');
        return new SipUserAddress(
                matched(USER, bare.substring(0, at)).group(),
                domain(bare.substring(at + 1)).value());
    }

    private static ImpsUserAddress impsUser(String written) {
        String bare = written.startsWith("wv:") ? written.substring(3) : written;
        int at = bare.indexOf('@');
        return new ImpsUserAddress(
                matched(USER, bare.substring(0, at)).group(),
                domain(bare.substring(at + 1)).value());
    }

    private static URI url(String written) {
        URI uri = URI.create(written);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getPort() > 65535) {
            throw new IllegalArgumentException();
        }
        if (uri.getUserInfo() != null) {
            throw new ValueType.Expected("a URL must not carry a user or a password");
        }
        return uri;
    }

    private static MapUrl mapUrl(String written) {
        if (!written.contains("{latitude}") || !written.contains("{longitude}")) {
            throw new IllegalArgumentException();
        }
        url(written.replaceAll("\\{(latitude|longitude|width)\\}", "1"));
        return new MapUrl(written);
    }

    private static Path file(Path base, String written) {
        Path file = base.resolve(written);
        if (!Files.isReadable(file)) {
            throw new ValueType.Expected("there is no readable file " + file);
        }
        return file;
    }

    private static Matcher matched(Pattern pattern, String written) {
        Matcher match = pattern.matcher(written);
        if (!match.matches()) {
            throw new IllegalArgumentException();
        }
        return match;
    }
}
