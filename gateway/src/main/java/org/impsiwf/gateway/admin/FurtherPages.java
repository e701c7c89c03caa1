package org.impsiwf.gateway.admin;

import java.util.Optional;

/** Admin pages that only one program has. Called on virtual threads. */
public interface FurtherPages {

    /** @param content what Jackson writes as JSON: maps, lists, texts, numbers */
    record Page(int status, Object content) {}

    /** Absent when there is no such page. */
    Optional<Page> get(String rawPath);

    /** @param body at most a megabyte of it */
    Optional<Page> post(String rawPath, byte[] body);
}
