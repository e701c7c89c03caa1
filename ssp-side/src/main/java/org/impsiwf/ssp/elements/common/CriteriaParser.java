package org.impsiwf.ssp.elements.common;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * Reads Advanced-Criteria (SSP 13.1.5): numbers of search pairs, {@code +} for AND, {@code |} for OR, {@code -} or
 * {@code !} before what shall not be, brackets for nesting; AND binds stronger than OR. Pure.
 *
 * <pre>
 * any  = all *("|" all)      all  = one *("+" one)      one = number / ("-" / "!") one / "[" any "]"
 * </pre>
 */
final class CriteriaParser {

    private static final char END = 0;

    private final String text;
    private final Map<Long, SearchPair> pairs;
    private final Set<Long> used = new HashSet<>();
    private final SearchLimits limits;
    private int at;
    private int elements;

    private CriteriaParser(String text, Map<Long, SearchPair> pairs, SearchLimits limits) {
        this.text = text;
        this.pairs = pairs;
        this.limits = limits;
    }

    /**
     * @throws Refusal 402 the pairs have no numbers or the same, are fewer than two or not all used, or the text cannot be
     *     read; 544 and 545 too many or too deeply nested elements
     */
    static Criteria parse(String text, List<SearchPair> pairs, SearchLimits limits) {
        CriteriaParser parser = new CriteriaParser(text, numbered(pairs), limits);
        Criteria criteria = parser.any(0);
        if (parser.next() != END || !parser.used.containsAll(parser.pairs.keySet())) {
            throw unreadable();
        }
        return criteria;
    }

    private static Map<Long, SearchPair> numbered(List<SearchPair> pairs) {
        Map<Long, SearchPair> numbered = new HashMap<>();
        for (SearchPair pair : pairs) {
            long number = pair.pairId().orElseThrow(CriteriaParser::unreadable);
            if (numbered.put(number, pair) != null) {
                throw unreadable();
            }
        }
        if (numbered.size() < 2) {
            throw unreadable();
        }
        return numbered;
    }

    private Criteria any(int depth) {
        List<Criteria> parts = new ArrayList<>(List.of(all(depth)));
        while (next() == '|') {
            at++;
            parts.add(all(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Criteria.AnyOf(parts);
    }

    private Criteria all(int depth) {
        List<Criteria> parts = new ArrayList<>(List.of(one(depth)));
        while (next() == '+') {
            at++;
            parts.add(one(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Criteria.AllOf(parts);
    }

    private Criteria one(int depth) {
        char first = next();
        if (first == '-' || first == '!') {
            at++;
            return new Criteria.Not(one(deeper(depth)));
        }
        if (first != '[') {
            return number();
        }
        at++;
        Criteria within = any(deeper(depth));
        if (next() != ']') {
            throw unreadable();
        }
        at++;
        return within;
    }

    private int deeper(int depth) {
        if (depth == limits.deepestNesting()) {
            throw Refusal.of(StatusCode.TOO_MANY_LEVELS_OF_NESTING_IN_ADVANCED_CRITERIA);
        }
        return depth + 1;
    }

    private Criteria number() {
        int end = at;
        while (end < text.length() && end - at < 9 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == at) {
            throw unreadable();
        }
        if (++elements > limits.mostPairs()) {
            throw Refusal.of(StatusCode.TOO_MANY_ELEMENTS_IN_ADVANCED_CRITERIA);
        }
        long number = Long.parseLong(text.substring(at, end));
        at = end;
        used.add(number);
        SearchPair pair = pairs.get(number);
        if (pair == null) {
            throw unreadable();
        }
        return new Criteria.Is(pair);
    }

    private char next() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : END;
    }

    private static Refusal unreadable() {
        return Refusal.of(StatusCode.BAD_PARAMETER, "the advanced criteria cannot be read");
    }
}
