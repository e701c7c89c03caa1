package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.common.SearchWorld.pair;
import static org.impsiwf.ssp.elements.common.SearchWorld.search;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ALIAS;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ID;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ONLINE_STATUS;

import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a search tells of presence: nothing that the searcher may not see anyway (SSP 13.1.4). */
@Tag("tx:GeneralSearch")
class SearchPrivacyTest {

    @AutoClose
    private final SearchWorld world = new SearchWorld();

    private void openAndSecretive() {
        world.present(world.user("open"), "Robin Hood", true);
        world.present(world.user("secretive"), "Robin Hood", true);
        world.hide(SearchWorld.local("secretive"), PresenceAttribute.ALIAS);
        world.hide(SearchWorld.local("secretive"), PresenceAttribute.ONLINE_STATUS);
        world.user("nopresence");
    }

    @Test
    @Tag("SSP-269")
    void whoLetsOthersSeeTheAliasIsFoundByIt() {
        openAndSecretive();
        assertThat(world.found(search(pair(USER_ALIAS, "robin")))).containsExactly("open");
    }

    @Test
    @Tag("SSP-268")
    void whoHidesAnAttributeOfTheCriteriaIsNotFoundAtAll() {
        openAndSecretive();
        assertThat(world.found(search(pair(USER_ONLINE_STATUS, "T"), pair(USER_ID, "e"))))
                .containsExactly("open");
        assertThat(world.found(search(pair(USER_ONLINE_STATUS, "F"), pair(USER_ID, "secretive"))))
                .isEmpty();
    }

    @Test
    @Tag("SSP-268")
    void notAndOrDoNotTellAHiddenValueEither() {
        openAndSecretive();
        assertThat(world.found(search("-0+1", pair(0, USER_ONLINE_STATUS, "T"), pair(1, USER_ID, "secretive"))))
                .isEmpty();
        assertThat(world.found(search("0|1", pair(0, USER_ALIAS, "robin"), pair(1, USER_ID, "secretive"))))
                .containsExactly("open");
    }

    @Test
    @Tag("SSP-267")
    void noPresenceValueIsInTheResult() {
        openAndSecretive();
        for (SearchHit hit : world.answer(search(pair(USER_ID, "e"))).searchResults()) {
            assertThat(((User) hit).friendlyName())
                    .hasValueSatisfying(name -> assertThat(name).doesNotContain("Robin"));
        }
    }
}
