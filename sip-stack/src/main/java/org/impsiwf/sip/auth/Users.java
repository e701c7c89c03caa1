package org.impsiwf.sip.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.header.SipAddress;

/** The users that may prove themselves by digest. Safe from any thread, must not block for long. */
public interface Users {

    /** The user of an address-of-record in canonical form, {@link SipAddress#addressOfRecord()}. */
    Optional<User> byAddressOfRecord(String addressOfRecord);

    /** The user of a digest username: {@code user} within the realm, or {@code user@domain}. */
    default Optional<User> byDigestUsername(String username, String realm) {
        String id = username.indexOf('@') < 0 ? username + '@' + realm : username;
        return SipAddress.parse("sip:" + id).flatMap(address -> byAddressOfRecord(address.addressOfRecord()));
    }

    /**
     * A fixed list.
     *
     * @throws IllegalArgumentException when two have one id or an id is no address
     */
    static Users of(List<User> users) {
        Map<String, User> byAddress = new HashMap<>();
        for (User user : users) {
            String addressOfRecord = SipAddress.parse("sip:" + user.id())
                    .map(SipAddress::addressOfRecord)
                    .orElseThrow(() -> new IllegalArgumentException("no address: " + user.id()));
            if (byAddress.putIfAbsent(addressOfRecord, user) != null) {
                throw new IllegalArgumentException("two users are " + user.id());
            }
        }
        Map<String, User> fixed = Map.copyOf(byAddress);
        return addressOfRecord -> Optional.ofNullable(fixed.get(addressOfRecord));
    }
}
