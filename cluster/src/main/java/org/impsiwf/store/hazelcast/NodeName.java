package org.impsiwf.store.hazelcast;

import com.hazelcast.cluster.Member;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;

/** The short name that a member carries as an attribute: by chance, for one run of the process. */
final class NodeName {

    static final String ATTRIBUTE = "iwf.node";

    private static final String SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 8;

    private NodeName() {}

    static String fresh() {
        Random random = new SecureRandom();
        return random.ints(LENGTH, 0, SIGNS.length())
                .collect(StringBuilder::new, (name, sign) -> name.append(SIGNS.charAt(sign)), StringBuilder::append)
                .toString();
    }

    /** Empty when it is none of our nodes, but some other member that an operator has added. */
    static Optional<String> of(Member member) {
        return Optional.ofNullable(member.getAttribute(ATTRIBUTE));
    }
}
