package org.impsiwf.mapping.statuses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PerRecipientTest {

    private final PerRecipient results = new PerRecipient();

    @Test
    void successForAllIsOneSuccess() {
        results.succeeded();
        results.succeeded();
        assertThat(results.status()).isEqualTo(Status.of(200));
    }

    @Test
    @DisplayName("SSP 18.2.2: success for some is 201 with each failure's recipients")
    void successForSomeNamesTheOthers_201() {
        GroupId group = new GroupId("wv:/room@imps.example.com");
        results.succeeded();
        results.failed(808, User.of("wv:tom@ims.example.com"));
        results.failed(531, ScreenName.in(group, "Zoe"));
        results.failed(808, User.of("wv:dave@ims.example.com"));
        Status status = results.status();
        assertThat(status.statusCode()).isEqualTo(201);
        assertThat(status.detailedResult()).extracting(DetailedResult::code).containsExactly(531, 808);
        assertThat(status.detailedResult().getFirst().screenNames()).containsExactly(ScreenName.in(group, "Zoe"));
        assertThat(status.detailedResult().getLast().userIds())
                .containsExactly(new UserId("wv:tom@ims.example.com"), new UserId("wv:dave@ims.example.com"));
    }

    @Test
    void oneReasonForAllIsThatReason() {
        results.failed(800, new GroupId("wv:/room@imps.example.com"));
        assertThat(results.status().statusCode()).isEqualTo(800);
        assertThat(results.status().detailedResult().getFirst().groupIds())
                .isEqualTo(List.of(new GroupId("wv:/room@imps.example.com")));
    }

    @Test
    @DisplayName("SSP 18.8.1: several reasons and no success are 900")
    void severalReasonsAreMultipleErrors_900() {
        results.failed(700, new ContactListId("wv:alice/friends@ims.example.com"));
        results.failed(531, User.of("wv:tom@ims.example.com"));
        assertThat(results.status().statusCode()).isEqualTo(900);
    }
}
