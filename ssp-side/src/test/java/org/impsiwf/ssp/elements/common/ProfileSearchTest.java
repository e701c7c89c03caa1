package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.common.SearchWorld.names;
import static org.impsiwf.ssp.elements.common.SearchWorld.pair;
import static org.impsiwf.ssp.elements.common.SearchWorld.search;
import static org.impsiwf.ssp.primitives.SearchElement.USER_AGE_MAX;
import static org.impsiwf.ssp.primitives.SearchElement.USER_AGE_MIN;
import static org.impsiwf.ssp.primitives.SearchElement.USER_CITY;
import static org.impsiwf.ssp.primitives.SearchElement.USER_COUNTRY;
import static org.impsiwf.ssp.primitives.SearchElement.USER_EMAIL_ADDRESS;
import static org.impsiwf.ssp.primitives.SearchElement.USER_FRIENDLY_NAME;
import static org.impsiwf.ssp.primitives.SearchElement.USER_GENDER;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ID;
import static org.impsiwf.ssp.primitives.SearchElement.USER_INTENTION;
import static org.impsiwf.ssp.primitives.SearchElement.USER_INTERESTS_HOBBIES;
import static org.impsiwf.ssp.primitives.SearchElement.USER_MARITAL_STATUS;
import static org.impsiwf.ssp.primitives.SearchElement.USER_MOBILE_NUMBER;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches by public profiles: who may make them, and who is found. */
@Tag("tx:GeneralSearch")
class ProfileSearchTest {

    @AutoClose
    private final SearchWorld world = new SearchWorld();

    @Test
    @Tag("SSP-273")
    @Tag("SSP-274")
    @Tag("SSP-275")
    @Tag("status:904")
    void whoHasNotFilledInTheOwnProfileCannotSearchByOthersAndIsRemindedOfIt() {
        UserId bob = world.user("bob");
        assertThat(world.serve(bob, search(pair(USER_CITY, "Turku")))).isEqualTo(Status.of(904));
        assertThat(world.serve(bob, search(pair(USER_ID, "ann"), pair(USER_COUNTRY, "FI"))))
                .isEqualTo(Status.of(904));
        assertThat(world.reminded).containsExactly(bob, bob);
        assertThat(world.serve(bob, search(pair(USER_ID, "ann")))).isInstanceOf(SearchResponse.class);
        world.policy = new PublicProfilePolicy(Set.of(PublicField.AGE), false, 10, OptionalInt.empty());
        assertThat(world.serve(bob, search(pair(USER_CITY, "Turku")))).isInstanceOf(SearchResponse.class);
    }

    @Test
    void aUserOfAnotherDomainIsNotAskedForAProfileThatWeCannotKnow() {
        world.user("tim", "PP_AGE", "20", "PP_CITY", "Turku");
        assertThat(world.serve(new ServiceRequest(
                        search(pair(USER_CITY, "Turku")),
                        Optional.of(new ServiceId("wv:@peer.example.com")),
                        Optional.of(new UserId("wv:guest@peer.example.com")),
                        Optional.empty(),
                        world.now)))
                .isInstanceOfSatisfying(
                        SearchResponse.class,
                        answer -> assertThat(names(answer.searchResults())).containsExactly("tim"));
    }

    @Test
    @Tag("SSP-276")
    void usersAreShownByTheFriendlyNameOfTheirProfileOrElseByTheirUserId() {
        world.user("carl", "PP_AGE", "20", "PP_FRIENDLY_NAME", "Charlie");
        UserId carla = world.user("carla");
        world.present(carla, "Queen", true);
        assertThat(world.answer(search(pair(USER_ID, "carl"))).searchResults())
                .containsExactly(
                        new User(SearchWorld.local("carl"), Optional.of("Charlie"), Optional.empty()),
                        new User(carla, Optional.of("wv:carla@home.example.com"), Optional.empty()));
    }

    @Test
    @Tag("SSP-278")
    void whoHasNotFilledInTheMandatoryFieldsIsNotFoundByTheProfile() {
        world.user("full", "PP_AGE", "20", "PP_CITY", "Turku");
        world.user("half", "PP_CITY", "Turku");
        assertThat(world.found(search(pair(USER_CITY, "Turku")))).containsExactly("full");
        assertThat(world.found(search(pair(USER_ID, "half")))).containsExactly("half");
    }

    @Test
    @Tag("SSP-279")
    @Tag("SSP-280")
    void childProtectionLeavesOutWhoIsYounger() {
        world.user("seventeen", "PP_AGE", "17", "PP_CITY", "Turku");
        world.user("eighteen", "PP_AGE", "18", "PP_CITY", "Turku");
        assertThat(world.found(search(pair(USER_CITY, "Turku")))).containsExactly("eighteen", "seventeen");
        world.policy = new PublicProfilePolicy(Set.of(PublicField.AGE), true, 10, OptionalInt.of(18));
        assertThat(world.found(search(pair(USER_CITY, "Turku")))).containsExactly("eighteen");
    }

    @Test
    void aValueThatChangedIsFoundByTheNewOneOnly() {
        UserId tim = world.user(
                "tim",
                "PP_AGE",
                "20",
                "PP_GENDER",
                "M",
                "PP_INTENTION",
                "sing",
                "PP_INTERESTS",
                "go",
                "PP_FRIENDLY_NAME",
                "Tim");
        world.profiles.change(tim, before -> new PublicFields(Map.of(PublicField.AGE, "21")));
        assertThat(world.found(search(pair(USER_GENDER, "M")))).isEmpty();
        assertThat(world.found(search(pair(USER_INTENTION, "sing")))).isEmpty();
        assertThat(world.found(search(pair(USER_INTERESTS_HOBBIES, "go")))).isEmpty();
        assertThat(world.found(search(pair(USER_FRIENDLY_NAME, "Tim")))).isEmpty();
        assertThat(world.found(search(pair(USER_MARITAL_STATUS, "S")))).isEmpty();
        assertThat(world.found(search(pair(USER_AGE_MIN, "21"), pair(USER_AGE_MAX, "21"))))
                .containsExactly("tim");
        world.users.remove(tim);
        assertThat(world.found(search(pair(USER_ID, "tim")))).isEmpty();
        assertThat(world.found(search(pair(USER_EMAIL_ADDRESS, "tim"), pair(USER_MOBILE_NUMBER, "1"))))
                .isEmpty();
    }
}
