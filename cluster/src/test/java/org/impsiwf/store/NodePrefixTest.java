package org.impsiwf.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NodePrefixTest {

    private static final NodePrefix NODE = NodePrefix.of("k3x9");

    @Test
    void theNodeOfAnIdIsFoundAgain() {
        assertThat(NodePrefix.nodeOf(NODE.before("q7b.5"))).contains("k3x9");
        assertThat(NodePrefix.nodeOf("C:alice|bob#" + NODE.before("0aZ9"))).contains("k3x9");
    }

    @Test
    void anIdOfANodeThatRunsAloneNamesNone() {
        assertThat(NodePrefix.NONE.before("0123456789abcdef")).isEqualTo("0123456789abcdef");
        assertThat(NodePrefix.nodeOf("0123456789abcdef.conference.1")).isEmpty();
        assertThat(NodePrefix.nodeOf("C:a.b|c#0aZ9")).isEmpty();
    }

    @Test
    void anIdMadeBesideAnotherNamesTheNodeOfThatOne() {
        assertThat(NodePrefix.beside("m1.call", "H:chat#k3x9.0aZ9")).isEqualTo("H:chat#m1.0aZ9");
        assertThat(NodePrefix.beside("m1.call", "0aZ9")).isEqualTo("m1.0aZ9");
        assertThat(NodePrefix.beside("call", "H:chat#k3x9.0aZ9")).isEqualTo("H:chat#0aZ9");
    }

    @Test
    void aNameThatWouldNotBeFoundAgainIsNoName() {
        assertThatIllegalArgumentException().isThrownBy(() -> NodePrefix.of("Upper"));
        assertThatIllegalArgumentException().isThrownBy(() -> NodePrefix.of("longer.than"));
        assertThatIllegalArgumentException().isThrownBy(() -> NodePrefix.of("ninechars"));
    }
}
