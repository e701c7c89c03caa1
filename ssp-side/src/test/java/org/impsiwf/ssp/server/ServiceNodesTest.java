package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.server.ServiceTrees.ALL;
import static org.impsiwf.ssp.server.ServiceTrees.bare;
import static org.impsiwf.ssp.server.ServiceTrees.withSearch;
import static org.impsiwf.ssp.server.ServiceTrees.without;
import static org.impsiwf.ssp.server.ServiceTrees.withoutInvite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.Samples;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.CommonPrimitive;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContentId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresencePrimitive;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each transaction of the document against each node of the service tree. */
class ServiceNodesTest {

    private static final MetaInformation META = MetaInformation.ofServer(new ServiceId("wv:@a.example"));

    /** The components of the tree by the names that the document's nodes have. */
    private static final Map<String, String> COMPONENTS = Map.ofEntries(
            Map.entry("User Profile Management", "userProfileManagement"),
            Map.entry("Remote User Session Management", "remoteUserSessionManagement"),
            Map.entry("Complementary Invite", "complementaryInvite"),
            Map.entry("GetMap", "getMap"),
            Map.entry("VerifyUser", "verifyUser"),
            Map.entry("Contact List Get", "contactListGet"),
            Map.entry("Contact List Update", "contactListUpdate"),
            Map.entry("Watcher List", "watcherList"),
            Map.entry("Notify Msg", "notifyMsg"),
            Map.entry("Delivery Mtd", "deliveryMtd"),
            Map.entry("Reject Msg", "rejectMsg"),
            Map.entry("Blocking", "blocking"),
            Map.entry("IsBlocked", "isBlocked"),
            Map.entry("EXCON", "extendConversation"),
            Map.entry("Group Mgmt", "groupMgmt"),
            Map.entry("Get Member", "getMember"),
            Map.entry("Member mgmt", "memberMgmt"),
            Map.entry("Reject list", "rejectList"));

    /** Nodes that only add choices to a mandatory transaction (D-32), or share primitives; each has a test below. */
    private static final Set<String> CHOICES = Set.of(
            "Service Negotiation",
            "Search",
            "Invite",
            "SystemMessage",
            "Contact List Addr",
            "Send Msg",
            "Push Msg",
            "Get Msg",
            "Get Msg List",
            "Delivery Report");

    private static final Map<String, String> FEATURES = Map.of(
            "profile", "sap",
            "user-session", "sap",
            "common", "common",
            "contact-list", "presence",
            "presence", "presence",
            "im", "im",
            "group", "group");

    private static List<JsonNode> transactions() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ServiceNodesTest.class.getResourceAsStream("/ssp/spec/transactions.json"))) {
            List<JsonNode> all = new ArrayList<>();
            new ObjectMapper().readTree(in).forEach(all::add);
            return all;
        }
    }

    static Stream<Arguments> nodes() throws IOException {
        return transactions().stream()
                .filter(t -> COMPONENTS.containsKey(t.path("serviceTreeNode").asText()))
                // The first request is the same as that of the basic transaction.
                .map(t -> Arguments.of(
                        t.get("name").asText(),
                        t.get("serviceTreeNode").asText(),
                        t.get("flow")
                                .get(t.get("name").asText().startsWith("Complementary") ? 2 : 0)
                                .get("primitive")
                                .asText()));
    }

    @ParameterizedTest(name = "tx:{0} without node {1} status:506 SSP-208 SSP-212")
    @MethodSource("nodes")
    void aTransactionIsAgreedByItsNode(String transaction, String node, String primitive) throws Exception {
        Primitive request = sample(primitive);
        assertThat(ServiceNodes.objection(request, ALL)).isEmpty();
        assertThat(ServiceNodes.objection(request, without(ALL, COMPONENTS.get(node))))
                .contains(StatusCode.SERVICE_NOT_AGREED);
    }

    static Stream<Arguments> features() throws IOException {
        return transactions().stream()
                .filter(t -> FEATURES.containsKey(t.get("feature").asText()))
                .flatMap(t -> {
                    List<Arguments> primitives = new ArrayList<>();
                    t.get("flow").forEach(step -> {
                        Primitive primitive = sample(step.get("primitive").asText());
                        if (PrimitiveFacts.of(primitive).opens()) {
                            primitives.add(Arguments.of(
                                    t.get("name").asText(),
                                    FEATURES.get(t.get("feature").asText()),
                                    primitive));
                        }
                    });
                    return primitives.stream();
                });
    }

    /** What the tree does not describe comes with its feature, and goes with it. */
    @ParameterizedTest(name = "{2} of {0} without feature {1} SSP-210 SSP-211")
    @MethodSource("features")
    void nothingOfAFeatureIsAgreedWithoutIt(String transaction, String feature, Primitive primitive) throws Exception {
        assertThat(ServiceNodes.objection(primitive, ALL)).isEmpty();
        boolean extension = transaction.endsWith("Invitation");
        Services without = without(ALL, feature);
        if (extension) {
            // An invitation into an extended conversation needs no more than the extension itself.
            without = without(without, "extendConversation");
        }
        assertThat(ServiceNodes.objection(primitive, without)).contains(StatusCode.SERVICE_NOT_AGREED);
    }

    /**
     * What a feature must support, whatever nodes are named. ExtendConversation has a node of its own (D-11), and
     * invitations are of the types that are named.
     */
    static Stream<Arguments> mandatory() throws IOException {
        Set<String> choices = Set.of("ExtendConversation", "BasicInvitation");
        return transactions().stream()
                .filter(t -> Set.of("common", "presence", "im", "group")
                        .contains(t.get("feature").asText()))
                .filter(t -> t.get("support").asText().equals("MUST-if-feature")
                        && !choices.contains(t.get("name").asText()))
                .map(t -> Arguments.of(
                        t.get("name").asText(),
                        t.get("feature").asText(),
                        t.get("flow").get(0).get("primitive").asText()));
    }

    @ParameterizedTest(name = "{0} of {1} SSP-207")
    @MethodSource("mandatory")
    void aFeatureComesWithItsMandatoryTransactions(String transaction, String feature, String primitive) {
        Primitive request = switch (primitive) {
            case "SendMessageRequest" -> to(User.of("wv:bob@b.example"));
            case "SearchRequest" -> search(SearchElement.USER_ID, Optional.empty());
            case "SubscribeRequest" ->
                new PresencePrimitive.SubscribeRequest(META, SOME, List.of(), Optional.empty(), false);
            case "UnsubscribeRequest" -> new PresencePrimitive.UnsubscribeRequest(META, SOME, List.of());
            case "GetPresenceRequest" ->
                new PresencePrimitive.GetPresenceRequest(META, SOME, List.of(), Optional.empty());
            case "SuspendRequest" -> new PresencePrimitive.SuspendRequest(META, SOME, List.of());
            default -> sample(primitive);
        };
        assertThat(ServiceNodes.objection(request, bare(feature))).isEmpty();
    }

    private static final List<UserId> SOME = List.of(new UserId("wv:bob@b.example"));

    private static Primitive search(SearchElement element, Optional<String> advanced) {
        return new CommonPrimitive.SearchRequest(
                META,
                List.of(new CommonPrimitive.SearchPair(element, "bob", Optional.empty())),
                advanced,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest(name = "{0} SSP-218")
    @EnumSource(SearchElement.class)
    @Tag("SSP-209")
    @Tag("SSP-218")
    @Tag("tx:GeneralSearch")
    @Tag("status:560")
    void everySearchButThatForAUserIdIsAChoiceThatIsListed(SearchElement element) throws Exception {
        Primitive simple = search(element, Optional.empty());
        Primitive advanced = search(element, Optional.of("1"));
        assertThat(ServiceNodes.objection(simple, ALL)).isEmpty();
        assertThat(ServiceNodes.objection(advanced, ALL)).isEmpty();
        Services unlisted = without(ALL, "search");
        if (element == SearchElement.USER_ID) {
            assertThat(ServiceNodes.objection(simple, unlisted)).isEmpty();
            assertThat(ServiceNodes.objection(simple, bare("common"))).isEmpty();
        } else {
            String listed = element.ofGroups() ? "group" : "user";
            assertThat(ServiceNodes.objection(simple, unlisted))
                    .contains(StatusCode.UNSUPPORTED_SEARCH_ELEMENT_WAS_REQUESTED);
            assertThat(ServiceNodes.objection(simple, withSearch(listed)))
                    .contains(StatusCode.UNSUPPORTED_SEARCH_ELEMENT_WAS_REQUESTED);
        }
        assertThat(ServiceNodes.objection(advanced, withSearch("advanced")))
                .contains(StatusCode.UNSUPPORTED_SEARCH_ELEMENT_WAS_REQUESTED);
    }

    @Test
    void everyNodeOfTheDocumentIsLookedAtHere() throws Exception {
        assertThat(transactions().stream()
                        .map(t -> t.path("serviceTreeNode"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText))
                .allMatch(node -> COMPONENTS.containsKey(node) || CHOICES.contains(node));
    }

    /** D-18 */
    @Test
    @Tag("SSP-138")
    void sessionsAndTheAgreementItselfNeedNoAgreement() {
        Services nothing =
                new Services(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        for (String primitive : new String[] {
            "LogoutRequest",
            "KeepAliveRequest",
            "Disconnect",
            "GetServiceRequest",
            "ServiceList",
            "ServiceNegotiation",
            "GetAcceptedContentTypesRequest"
        }) {
            assertThat(ServiceNodes.objection(sample(primitive), nothing))
                    .as(primitive)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = InviteType.class, mode = EnumSource.Mode.EXCLUDE, names = "EG")
    @Tag("SSP-216")
    @Tag("status:402")
    void anInvitationOfATypeThatIsNotListedIsABadParameter(InviteType type) throws Exception {
        var invite = (InvitationPrimitive.InviteRequest) sample("InviteRequest");
        String node = switch (type) {
            case PR -> "presence";
            case IM -> "im";
            case SC -> "sharedContent";
            case GR, GM -> "group";
            case AP -> "application";
            case EC, EG -> "extendConversation";
        };
        Services without = type == InviteType.EC || type == InviteType.EG ? without(ALL, node) : withoutInvite(node);
        StatusCode refused = type == InviteType.EC || type == InviteType.EG
                ? StatusCode.SERVICE_NOT_AGREED
                : StatusCode.BAD_PARAMETER;
        assertThat(ServiceNodes.objection(ofType(invite, type), ALL)).isEmpty();
        assertThat(ServiceNodes.objection(ofType(invite, type), without)).contains(refused);
    }

    private static InvitationPrimitive.InviteRequest ofType(InvitationPrimitive.InviteRequest any, InviteType type) {
        return new InvitationPrimitive.InviteRequest(
                any.metaInformation(),
                any.inviteId(),
                type,
                any.invitingUser(),
                any.invitedUser(),
                type.needsGroup() ? Optional.of(new GroupId("wv:team@a.example")) : Optional.empty(),
                type == InviteType.AP ? Optional.of(new ApplicationId("chess")) : Optional.empty(),
                Optional.empty(),
                type == InviteType.SC ? List.of(new ContentId("http://a.example/1")) : List.of(),
                any.inviteReason(),
                Optional.empty(),
                any.validity());
    }

    @Test
    @Tag("SSP-222")
    void groupsScreenNamesAndContactListsAreRecipientsOnlyWhenAgreed() throws Exception {
        var group = new GroupId("wv:team@a.example");
        for (var recipient : List.of(
                group, new ScreenName(Optional.of(group), "Bobby"), new ContactListId("wv:ann/friends@a.example"))) {
            Primitive message = to(recipient);
            String node = recipient instanceof ContactListId ? "contacts" : "groups";
            assertThat(ServiceNodes.objection(message, ALL)).isEmpty();
            assertThat(ServiceNodes.objection(message, without(ALL, node)))
                    .as(node)
                    .contains(StatusCode.SERVICE_NOT_AGREED);
        }
    }

    private static Primitive to(Addressee recipient) {
        var any = (ImPrimitive.SendMessageRequest) sample("SendMessageRequest");
        MessageInfo info = any.messageInfo();
        return new ImPrimitive.SendMessageRequest(
                any.metaInformation(),
                false,
                new MessageInfo(
                        info.messageId(),
                        Optional.empty(),
                        Optional.of("text/plain"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(new MessageInfo.Recipient(recipient)),
                        info.sender(),
                        Optional.empty()),
                any.content());
    }

    @Test
    @Tag("SSP-220")
    void contactListsAddressUsersOnlyWhenAgreed() throws Exception {
        var lists = List.of(new ContactListId("wv:ann/friends@a.example"));
        Services without = without(ALL, "contactListAddr");
        for (Primitive request : List.of(
                new PresencePrimitive.SubscribeRequest(META, List.of(), lists, Optional.empty(), false),
                new PresencePrimitive.UnsubscribeRequest(META, List.of(), lists),
                new PresencePrimitive.GetPresenceRequest(META, List.of(), lists, Optional.empty()))) {
            assertThat(ServiceNodes.objection(request, ALL)).isEmpty();
            assertThat(ServiceNodes.objection(request, without)).contains(StatusCode.SERVICE_NOT_AGREED);
        }
    }

    @Test
    @Tag("tx:GetMessageList")
    void historyAndStoredMessagesAreNodesOfTheirOwn() throws Exception {
        var history = new ImPrimitive.GetMessageListRequest(
                META, Optional.of(new GroupId("wv:team@a.example")), Optional.empty());
        var stored = new ImPrimitive.GetMessageListRequest(META, Optional.empty(), Optional.empty());
        assertThat(ServiceNodes.objection(history, without(ALL, "groupHistory")))
                .contains(StatusCode.SERVICE_NOT_AGREED);
        assertThat(ServiceNodes.objection(stored, without(without(ALL, "getMsgList"), "msgList")))
                .contains(StatusCode.SERVICE_NOT_AGREED);
        assertThat(ServiceNodes.objection(stored, without(ALL, "groupHistory"))).isEmpty();
    }

    private static Primitive sample(String primitive) {
        return Samples.full(Catalogue.primitives().stream()
                .filter(type -> type.getSimpleName().equals(primitive))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no primitive " + primitive)));
    }
}
