package org.impsiwf.sip.auth;

import java.util.Optional;

/**
 * A SIP user that may prove itself by digest.
 *
 * @param id {@code user@domain} without scheme
 * @param password in clear, where {@code ha1} is absent
 * @param ha1 hexadecimal digest of {@code user:realm:password}, with the user part of the id and its domain as realm: 32
 *     digits for MD5, 64 for SHA-256; it serves that algorithm only
 * @param name the friendly name
 */
public record User(String id, Optional<String> password, Optional<String> ha1, Optional<String> name) {

    public User {
        int at = id.indexOf('@');
        if (at <= 0 || at == id.length() - 1) {
            throw new IllegalArgumentException("a user id is user@domain: " + id);
        }
        if (password.isPresent() == ha1.isPresent()) {
            throw new IllegalArgumentException("a user has either a password or an ha1: " + id);
        }
    }

    /** The part before the {@code @}. */
    public String userPart() {
        return id.substring(0, id.indexOf('@'));
    }

    public String domain() {
        return id.substring(id.indexOf('@') + 1);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "User[" + id + "]";
    }
}
