package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.im.MessageRecords.Method;
import org.impsiwf.ssp.elements.im.ReceptionRules.Facts;
import org.impsiwf.ssp.elements.im.ReceptionRules.PushNow;
import org.impsiwf.ssp.elements.im.ReceptionRules.Refuse;
import org.impsiwf.ssp.elements.im.ReceptionRules.SayAgain;
import org.impsiwf.ssp.elements.im.ReceptionRules.Store;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The decisions of the IM element that need no database. */
class ImRulesTest {

    private static final ImSettings.Storing STORING = ImSettings.Storing.DEFAULT.withQuota(2);

    private static Facts reachable(int waiting, DeliveryMethod method) {
        return new Facts(true, false, false, true, waiting, Optional.of(new Method(method, Optional.of(10L))));
    }

    private static Facts away(int waiting) {
        return new Facts(true, false, false, false, waiting, Optional.empty());
    }

    private static ReceptionRules.Decision decide(Facts facts) {
        return ReceptionRules.decide(facts, 5, false, STORING);
    }

    @Test
    void aUserWhoIsThereIsPushedToUnlessSomethingWaitsAlready() {
        assertThat(decide(reachable(0, DeliveryMethod.PUSH))).isEqualTo(new PushNow());
        assertThat(decide(reachable(1, DeliveryMethod.PUSH))).isEqualTo(new Store(true));
        assertThat(decide(reachable(2, DeliveryMethod.PUSH))).isEqualTo(new Refuse(StatusCode.MESSAGE_QUEUE_IS_FULL));
    }

    @Test
    @Tag("SSP-384")
    void whatIsNotifiedOnlyIsStored() {
        assertThat(decide(reachable(0, DeliveryMethod.NOTIFY_GET))).isEqualTo(new Store(true));
        assertThat(ReceptionRules.decide(reachable(0, DeliveryMethod.PUSH), 11, false, STORING))
                .isEqualTo(new Store(true));
        assertThat(ReceptionRules.decide(reachable(0, DeliveryMethod.PUSH), 5, true, STORING))
                .isEqualTo(new Store(true));
    }

    @Test
    void forAUserWhoIsAwayItIsStoredIfThatIsOffered() {
        assertThat(decide(away(0))).isEqualTo(new Store(false));
        assertThat(decide(away(2))).isEqualTo(new Refuse(StatusCode.MESSAGE_QUEUE_IS_FULL));
        assertThat(ReceptionRules.decide(away(0), 5, false, STORING.forOffline(false)))
                .isEqualTo(new Refuse(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN));
    }

    @Test
    void whoDoesNotExistOrBlocksIsRefusedBeforeAllElseAndARepeatIsHarmless() {
        Facts nobody = new Facts(false, true, true, true, 9, Optional.empty());
        Facts blocking = new Facts(true, true, true, true, 9, Optional.empty());
        Facts again = new Facts(true, false, true, false, 9, Optional.empty());
        assertThat(decide(nobody)).isEqualTo(new Refuse(StatusCode.UNKNOWN_USER));
        assertThat(decide(blocking)).isEqualTo(new Refuse(StatusCode.RECIPIENT_BLOCKED_THE_SENDER));
        assertThat(decide(again)).isEqualTo(new SayAgain());
    }

    @Test
    @Tag("SSP-435")
    @Tag("SSP-440")
    void theOutcomesOfPartsBecomeOneStatus() {
        UserId ann = new UserId("wv:ann@a.example");
        UserId bob = new UserId("wv:bob@a.example");
        Part done = Part.ofUsers(List.of(ann), Status.of(200));
        Part unknown = Part.ofUsers(List.of(bob), Status.of(531));
        Part full = Part.ofUsers(List.of(ann), Status.of(507));
        DetailedResult bobUnknown = DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(bob));

        assertThat(Combination.of(List.of(done)).statusCode()).isEqualTo(200);
        assertThat(Combination.of(List.of(done, unknown)).statusCode()).isEqualTo(201);
        assertThat(Combination.of(List.of(done, unknown)).detailedResult()).containsExactly(bobUnknown);
        assertThat(Combination.of(List.of(unknown)).statusCode()).isEqualTo(531);
        assertThat(Combination.of(List.of(unknown, full)).statusCode()).isEqualTo(900);
        assertThat(Combination.of(List.of(unknown, full)).detailedResult()).hasSize(2);
    }

    @Test
    @Tag("SSP-435")
    void theDetailsOfAPartThatWasPartlyDoneAreKept() {
        UserId bob = new UserId("wv:bob@a.example");
        DetailedResult detail = DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(bob));
        Status partly = new Status(201, Optional.empty(), List.of(detail), Optional.empty(), List.of());
        Status all = Combination.of(List.of(Part.ofUsers(List.of(bob), partly)));
        assertThat(all.statusCode()).isEqualTo(201);
        assertThat(all.detailedResult()).containsExactly(detail);
    }

    @Test
    void oneWildcardIsUnderstoodAndStaysOneLookUp() {
        assertThat(Wildcards.refusal("wv:dan@a.example", false)).isEmpty();
        assertThat(Wildcards.refusal("wv:*@a.example", true)).isEmpty();
        assertThat(Wildcards.refusal("wv:*@a.example", false)).contains(StatusCode.WILDCARD_CHARACTERS_NOT_ALLOWED);
        assertThat(Wildcards.refusal("wv:*", true)).contains(StatusCode.WILDCARD_EXPRESSION_IS_TOO_COMPLICATED);
        assertThat(Wildcards.refusal("wv:d?n@a.example", true))
                .contains(StatusCode.WILDCARD_EXPRESSION_IS_TOO_COMPLICATED);
    }
}
