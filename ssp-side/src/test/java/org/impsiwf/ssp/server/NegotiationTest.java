package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.transaction.TransactionTiming;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SSP 10: what is not agreed is asked of nobody, and refused to everybody. */
class NegotiationTest extends OddPeer {

    private static final Services IM_ONLY = new Services(
            ServiceTerms.EVERYTHING.sap(),
            Optional.empty(),
            Optional.empty(),
            ServiceTerms.EVERYTHING.im(),
            Optional.empty());
    private static final String WANTS_ALL = "<DesiredServiceList><Services><SAPFeature/>"
            + "<CommonFeature><Invite><PR/><IM/></Invite></CommonFeature><PresenceFeature/>"
            + "<IMFeature><SendMsg><Groups/></SendMsg></IMFeature><GroupFeature/></Services></DesiredServiceList>";
    private static final String AGREES_IM = "<ServiceAgreement%s><Status code=\"200\"/><AgreedServiceList><Services>"
            + "<SAPFeature/><IMFeature/></Services></AgreedServiceList></ServiceAgreement>";

    private void agree(ServiceTerms terms) {
        a.server.addPeer(TestDomain.agreement(B, b.url(), false, Dialect.OMA_1_3)
                .withTiming(TransactionTiming.DEFAULT)
                .withServices(terms));
    }

    private static String negotiation(String attributes, String content) {
        return "<ServiceNegotiation" + attributes + ">"
                + OmaScript.meta("wv:@b.test", "")
                        .replaceAll("<User [^>]*/>", "")
                        .replace("\"Yes\"", "\"No\"")
                + content + "</ServiceNegotiation>";
    }

    private static String joinGroup() {
        return "<JoinGroupRequest groupID=\"wv:ann/team@a.test\" joinedListRequest=\"No\" subscribeNotif=\"No\">"
                + OmaScript.meta("wv:@b.test", "wv:bob@b.test") + "</JoinGroupRequest>";
    }

    private void orderJoin(String request) {
        a.server.execute(new SspCommand.SendRequest(
                new SspRequestId(request),
                B,
                new GroupPrimitive.LeaveGroupRequest(
                        MetaInformation.ofUser(a.id, new UserId("wv:ann@a.test")), new GroupId("wv:bob/team@b.test"))));
    }

    private Optional<Integer> statusOf(String request) {
        await().until(() -> a.outcome(request).isPresent());
        return a.outcome(request)
                .filter(SspEvent.ResponseReceived.class::isInstance)
                .map(SspEvent.ResponseReceived.class::cast)
                .map(SspEvent.ResponseReceived::response)
                .filter(Status.class::isInstance)
                .map(response -> ((Status) response).statusCode());
    }

    private String answerTo(String id) throws Exception {
        return b.expect("transactionID=\"" + id + "\"").body();
    }

    @Test
    @Tag("SSP-082")
    void aPeerThatNeverNegotiatesMayAskForEverythingByDefault() throws Exception {
        agree(ServiceTerms.DEFAULT);
        script.logIn("1");
        script.ask("join", joinGroup());
        assertThat(answerTo("join")).doesNotContain("506");
        assertThat(a.server.agreement(B).orElseThrow().provided()).isEqualTo(ServiceTerms.EVERYTHING);
    }

    @Test
    @Tag("SSP-002")
    @Tag("SSP-080")
    @Tag("SSP-128")
    @Tag("SSP-206")
    @Tag("status:506")
    void refusesInBothDirectionsWhatWasNotAgreedOffline() throws Exception {
        agree(ServiceTerms.DEFAULT.agreedOffline(IM_ONLY));
        script.logIn("1");
        script.ask("join", joinGroup());
        assertThat(answerTo("join")).contains("code=\"506\"");
        script.ask("im", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1"));
        assertThat(answerTo("im")).contains("code=\"200\"");
        orderJoin("ours");
        assertThat(statusOf("ours")).contains(506);
        order("im-out");
        b.expect("SendMessageRequest");
        assertThat(b.has("LeaveGroupRequest")).isFalse();
        assertThat(a.count(Counted.REQUEST_NOT_AGREED)).isEqualTo(1);
    }

    @Test
    @Tag("tx:SetServiceAgreement")
    @Tag("IMPS-SSP-SAP-S-017")
    @Tag("SSP-204")
    @Tag("SSP-225")
    @Tag("SSP-226")
    @Tag("SSP-228")
    void whatThePeerNegotiatesHoldsFromThenOn() throws Exception {
        agree(ServiceTerms.DEFAULT.offering(IM_ONLY));
        script.logIn("1");
        script.ask("join-1", joinGroup());
        assertThat(answerTo("join-1")).as("agreed offline").doesNotContain("506");
        script.ask("sn", negotiation("", WANTS_ALL + "<DesiredSubProtocol>X/1</DesiredSubProtocol>"));
        assertThat(answerTo("sn"))
                .contains("ServiceAgreement")
                .contains("<IMFeature>")
                .contains("Groups")
                .doesNotContain("PresenceFeature")
                .doesNotContain("GroupFeature")
                .doesNotContain("SubProtocol");
        script.ask("join-2", joinGroup());
        assertThat(answerTo("join-2")).contains("code=\"506\"");
        script.ask("im", OmaScript.sendMessage("wv:@b.test", "wv:bob@b.test", "m-1"));
        assertThat(answerTo("im")).contains("SendMessageResponse").contains("code=\"200\"");
    }

    @Test
    @Tag("SSP-217")
    @Tag("status:402")
    void complementaryInvitationsAreNotNegotiatedWithoutTheTypesOfInvitations() throws Exception {
        agree(ServiceTerms.DEFAULT.offering(ServiceTerms.EVERYTHING));
        script.logIn("1");
        String desired = "<DesiredServiceList><Services><SAPFeature/><CommonFeature>%s<ComplementaryInvite/>"
                + "</CommonFeature></Services></DesiredServiceList>";
        script.ask("alone", negotiation("", desired.formatted("")));
        assertThat(answerTo("alone")).contains("code=\"402\"").doesNotContain("ServiceAgreement");
        script.ask("both", negotiation("", desired.formatted("<Invite><GR/></Invite>")));
        assertThat(answerTo("both"))
                .contains("ServiceAgreement")
                .contains("<GR/>")
                .contains("<ComplementaryInvite/>");
        var alone = new Services(
                Optional.empty(),
                Optional.of(new Services.CommonFeature(Optional.empty(), true, Optional.empty(), false, false, false)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> ServiceTerms.DEFAULT.offering(alone)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("SSP-033")
    @Tag("SSP-205")
    void aSecondNegotiationReplacesTheFirstInTheSameSession() throws Exception {
        agree(ServiceTerms.DEFAULT.offering(ServiceTerms.EVERYTHING));
        script.logIn("1");
        script.ask(
                "sn-1", negotiation("", "<DesiredServiceList><Services><SAPFeature/></Services></DesiredServiceList>"));
        answerTo("sn-1");
        script.ask("join-1", joinGroup());
        assertThat(answerTo("join-1")).contains("code=\"506\"");
        script.ask("sn-2", negotiation("", WANTS_ALL));
        assertThat(answerTo("sn-2")).contains("GroupFeature").contains("sessionID=\"" + script.theirSession + "\"");
        script.ask("join-2", joinGroup());
        assertThat(answerTo("join-2")).doesNotContain("506");
    }

    @Test
    @Tag("SSP-168")
    @Tag("SSP-002")
    @Tag("SSP-103")
    void negotiatesFirstWhereThatIsRequiredAndAsksOnlyForWhatWasAgreed() throws Exception {
        agree(ServiceTerms.DEFAULT.negotiating(ServiceTerms.EVERYTHING, Optional.empty()));
        script.logInOnly("1");
        order("waits");
        orderJoin("refused");
        String question = b.expect("<Session ").body();
        assertThat(question)
                .as("the first transaction, the server's own")
                .contains("ServiceNegotiation")
                .contains("clientOriginated=\"No\"");
        assertThat(b.has("SendMessageRequest")).isFalse();
        script.ask("too-early", joinGroup());
        assertThat(answerTo("too-early")).contains("code=\"506\"");
        assertThat(a.told(SspEvent.PeerUp.class)).isEmpty();
        script.answer(ScriptedPeer.value(question, "transactionID"), AGREES_IM.formatted(""));
        b.expect("SendMessageRequest");
        assertThat(statusOf("refused")).contains(506);
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1);
        assertThat(a.server.agreement(B).orElseThrow().requested().group()).isEmpty();
    }

    @Test
    @Tag("SSP-082")
    void withoutTheRequiredAgreementNothingIsAsked() throws Exception {
        agree(ServiceTerms.DEFAULT.negotiating(ServiceTerms.EVERYTHING, Optional.empty()));
        script.logInOnly("1");
        String question = b.expect("ServiceNegotiation").body();
        script.answer(ScriptedPeer.value(question, "transactionID"), "<Status code=\"405\"/>");
        order("r-1");
        assertThat(statusOf("r-1")).contains(506);
        assertThat(b.has("SendMessageRequest")).isFalse();
        assertThat(a.told(SspEvent.PeerUp.class)).isEmpty();
    }

    @Test
    @Tag("SSP-179")
    @Tag("SSP-227")
    void bothSessionsEndWhenAnAgreementExpires() throws Exception {
        agree(ServiceTerms.DEFAULT);
        script.logIn("1");
        script.ask("sn", negotiation(" timeToLive=\"1\"", WANTS_ALL));
        assertThat(answerTo("sn")).contains("imeToLive=\"1\"");
        assertThat(b.expect("<Disconnect").body()).contains("code=\"600\"");
        b.expect("LogoutRequest");
        await().until(() -> !a.up());
        assertThat(a.told(SspEvent.PeerDown.class).getFirst().cause()).contains("agreement");
    }

    @Test
    @Tag("SSP-205")
    @Tag("SSP-227")
    void renewsItsOwnAgreementBeforeItExpires() throws Exception {
        agree(ServiceTerms.DEFAULT.negotiating(ServiceTerms.EVERYTHING, Optional.of(Duration.ofSeconds(60))));
        script.logInOnly("1");
        String first = b.expect("ServiceNegotiation").body();
        assertThat(first).contains("timeToLive=\"60\"");
        script.answer(ScriptedPeer.value(first, "transactionID"), AGREES_IM.formatted(" timeToLive=\"3\""));
        String second = b.expect("ServiceNegotiation").body();
        assertThat(ScriptedPeer.value(second, "transactionID"))
                .isNotEqualTo(ScriptedPeer.value(first, "transactionID"));
        script.answer(ScriptedPeer.value(second, "transactionID"), AGREES_IM.formatted(" timeToLive=\"600\""));
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 1);
        assertThat(a.told(SspEvent.PeerDown.class)).isEmpty();
    }

    @Test
    @Tag("tx:GetAvailableService")
    @Tag("IMPS-SSP-SAP-S-015")
    @Tag("IMPS-SSP-SERV-S-001")
    @Tag("SSP-081")
    @Tag("SSP-206")
    @Tag("SSP-213")
    void tellsWhatItOffers() throws Exception {
        agree(ServiceTerms.DEFAULT.offering(IM_ONLY));
        script.logIn("1");
        script.ask("gs", negotiation("", "").replace("ServiceNegotiation", "GetServiceRequest"));
        assertThat(answerTo("gs"))
                .contains("<ServiceList")
                .contains("SAPFeature")
                .contains("IMFeature")
                .doesNotContain("PresenceFeature")
                .doesNotContain("SGMNT");
    }

    @Test
    @Tag("tx:GetAcceptedContentTypes")
    @Tag("IMPS-SSP-SAP-S-020")
    @Tag("SSP-084")
    void learnsWhichContentThePeerTakesAndUpToWhichSize() throws Exception {
        agree(ServiceTerms.DEFAULT);
        script.logInOnly("1");
        String question = b.expect("GetAcceptedContentTypesRequest").body();
        script.answer(
                ScriptedPeer.value(question, "transactionID"),
                "<GetAcceptedContentTypesResponse anyContent=\"No\"><Status code=\"200\"/>"
                        + "<AcceptedContentType><ContentType>text/plain</ContentType>"
                        + "<AcceptedRichContentLength>2000</AcceptedRichContentLength></AcceptedContentType>"
                        + "</GetAcceptedContentTypesResponse>");
        await().until(() -> a.told(SspEvent.PeerUp.class).size() == 2);
        assertThat(a.told(SspEvent.PeerUp.class).getLast().acceptedContentTypes())
                .containsExactly("text/plain");
        assertThat(a.server.agreement(B).orElseThrow().contentTypes().getFirst().richContentLength())
                .contains(2000L);
    }

    private void indicate() throws Exception {
        script.ask(
                "si",
                negotiation("", "<Services><SAPFeature/><IMFeature/></Services>")
                        .replace("ServiceNegotiation", "ServiceList"));
    }

    @Test
    @Tag("tx:ServiceIndication")
    @Tag("IMPS-SSP-SAP-S-016")
    @Tag("SSP-224")
    void followsAnIndicationOfThePeer() throws Exception {
        agree(ServiceTerms.DEFAULT);
        script.logIn("1");
        indicate();
        await().until(() ->
                a.server.agreement(B).orElseThrow().requested().group().isEmpty());
        orderJoin("r-1");
        assertThat(statusOf("r-1")).contains(506);
    }

    @Test
    @Tag("SSP-224")
    void negotiatesAnewOrEndsTheSessionsOnAnIndicationWhereThatWasAgreed() throws Exception {
        agree(ServiceTerms.DEFAULT.onIndication(ServiceTerms.OnIndication.RENEGOTIATE));
        script.logIn("1");
        indicate();
        b.expect("ServiceNegotiation");
        a.server.removePeer(B);
        await().until(() -> a.server.peers().isEmpty());
        agree(ServiceTerms.DEFAULT.onIndication(ServiceTerms.OnIndication.TERMINATE));
        script.logIn("2");
        indicate();
        b.expect("LogoutRequest");
    }

    @Test
    @Tag("tx:ServiceIndication")
    void tellsThePeerWhatItProvidesFromNowOnAndHoldsToIt() throws Exception {
        agree(ServiceTerms.DEFAULT);
        script.logIn("1");
        a.server.offer(B, IM_ONLY);
        assertThat(b.expect("<ServiceList").body()).contains("IMFeature").contains("mode=\"Request\"");
        script.ask("join", joinGroup());
        assertThat(answerTo("join")).contains("code=\"506\"");
    }

    @Test
    @Tag("SSP-003")
    @Tag("SSP-001")
    void aNoticeBelongsToTheServiceOfWhoeverProvidesIt() throws Exception {
        agree(ServiceTerms.DEFAULT.offering(IM_ONLY));
        script.logIn("1");
        script.ask("sn", negotiation("", WANTS_ALL));
        answerTo("sn");
        script.ask(
                "notice",
                "<GroupChangeNotice groupID=\"wv:bob/team@b.test\">"
                        + OmaScript.meta("wv:@b.test", "")
                                .replaceAll("<User [^>]*/>", "")
                                .replace("\"Yes\"", "\"No\"")
                        + "<User userID=\"wv:ann@a.test\"/></GroupChangeNotice>");
        assertThat(answerTo("notice"))
                .as("groups are what the peer provides; that we do not is another matter")
                .doesNotContain("506");
        assertThat(a.told(SspEvent.RequestReceived.class)).hasSize(1);
        assertThat(List.of(a.server.agreement(B).orElseThrow().provided().group()))
                .containsExactly(Optional.empty());
    }
}
