package org.impsiwf.ssp.elements.profile;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SSP Table 24: the names of a general user profile, and which values each may have. Pure. */
public enum ProfileKey {
    MSISDN("MSISDN", Values.TEXT),
    ACCOUNT_STATUS("User.Account.Status", Values.ON_OFF),
    PRIVACY_LOCATION("User.Privacy.Location", Values.ON_OFF),
    PRIVACY_INTERACTION("User.Privacy.Interaction", Values.ON_OFF),
    COMMON("Services.Common", Values.YES_NO),
    COMMON_PSE("Services.Common.PSE", Values.DOMAIN),
    COMMON_STATUS("Services.Common.Status", Values.ON_OFF),
    IM("Services.IM", Values.YES_NO),
    IM_PSE("Services.IM.PSE", Values.DOMAIN),
    IM_STATUS("Services.IM.Status", Values.ON_OFF),
    PRESENCE("Services.Presence", Values.YES_NO),
    PRESENCE_PSE("Services.Presence.PSE", Values.DOMAIN),
    PRESENCE_STATUS("Services.Presence.Status", Values.ON_OFF),
    GROUP("Services.Group", Values.YES_NO),
    GROUP_PSE("Services.Group.PSE", Values.DOMAIN),
    GROUP_STATUS("Services.Group.Status", Values.ON_OFF),
    CONTENT("Services.Content", Values.YES_NO),
    CONTENT_PSE("Services.Content.PSE", Values.DOMAIN),
    CONTENT_STATUS("Services.Content.Status", Values.ON_OFF),
    DELIVERY("Terminal.Delivery", Values.oneOf("PUSH", "NOTIFY")),
    CONTENT_ENCODING("Terminal.Content.encoding", Values.LIST),
    TEXT_CONTENT_LENGTH("Terminal.TextContent.length", Values.COUNT),
    CONTENT_PROTOCOL("Terminal.Content.protocol", Values.LIST),
    RICH_CONTENT("Terminal.RichContent", Values.LIST),
    PULL_LENGTH("Terminal.PullLength", Values.COUNT),
    PUSH_LENGTH("Terminal.PushLength", Values.COUNT),
    CONTENT_ANY("Terminal.Content.any", Values.YES_NO),
    CLIENT_TYPE("Terminal.ClientType", Values.TEXT),
    DEFAULT_LANGUAGE("Terminal.DefaultLanguage", Values.TEXT),
    MULTI_TRANS("Terminal.MultiTrans", Values.COUNT),
    MULTI_TRANS_PER_MESSAGE("Terminal.MultiTransPerMessage", Values.COUNT),
    OFFLINE_ETEM_HANDLING(
            "Terminal.OfflineETEMHandling",
            Values.oneOf("PRIORITYREJECT", "PRIORITYSTORE", "REJECT", "SENDREJECT", "SENDSTORE")),
    ONLINE_ETEM_HANDLING("Terminal.OnlineETEMHandling", Values.oneOf("DETECT", "SERVERLOGIC", "FORKALL")),
    PARSER_SIZE("Terminal.ParserSize", Values.COUNT),
    SESSION_PRIORITY("Terminal.Session.priority", Values.FRACTION);

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 1_000;
    private static final Map<String, ProfileKey> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ProfileKey::wireName, Function.identity()));

    private final String wireName;
    private final Pattern values;

    ProfileKey(String wireName, Pattern values) {
        this.wireName = wireName;
        this.values = values;
    }

    public String wireName() {
        return wireName;
    }

    /** Absent for a name that the document lacks, a provider's own ({@code x.…}) or a later version's (E-17). */
    public static Optional<ProfileKey> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Whether a profile may hold that pair. Names that the document lacks are kept with any value. */
    public static boolean isValid(String name, String value) {
        return !name.isBlank()
                && name.length() <= LONGEST_NAME
                && value.length() <= LONGEST_VALUE
                && of(name).map(key -> key.values.matcher(value).matches()).orElse(true);
    }

    private static final class Values {
        static final Pattern TEXT = Pattern.compile("(?s).*\\S.*");
        static final Pattern ON_OFF = oneOf("ON", "OFF");
        static final Pattern YES_NO = oneOf("YES", "NO");
        static final Pattern DOMAIN = Pattern.compile(
                "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
        static final Pattern COUNT = Pattern.compile("[0-9]{1,10}");
        static final Pattern FRACTION = Pattern.compile("0|0?\\.[0-9]{1,9}|1|1\\.0{1,9}");

        /** No item is blank. */
        static final Pattern LIST = Pattern.compile("\\s*+[^,\\s][^,]*+(,\\s*+[^,\\s][^,]*+)*+");

        static Pattern oneOf(String... values) {
            return Pattern.compile(String.join("|", values));
        }
    }
}
