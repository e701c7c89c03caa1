package org.impsiwf.bench;

import java.nio.charset.StandardCharsets;

/** A document with places of seven digits, so that each message can have numbers of its own at the price of a copy. */
final class Template {

    private static final int DIGITS = 7;

    private final byte[] document;
    private final int[] places;

    /** Has a place wherever {@link #place} stands, in its order. */
    Template(byte[] document, int numbers) {
        this.document = document;
        String text = new String(document, StandardCharsets.ISO_8859_1);
        places = new int[numbers];
        for (int i = 0; i < numbers; i++) {
            places[i] = text.indexOf(place(i));
            if (places[i] < 0 || text.indexOf(place(i), places[i] + 1) >= 0) {
                throw new IllegalArgumentException(place(i) + " is not there once: " + text);
            }
        }
    }

    /** What stands for the number. */
    static String place(int number) {
        return String.format("098765%d", number);
    }

    static String digits(int number) {
        return String.format("%07d", number);
    }

    byte[] with(int... numbers) {
        byte[] copy = document.clone();
        for (int i = 0; i < places.length; i++) {
            int rest = numbers[i];
            for (int at = places[i] + DIGITS - 1; at >= places[i]; at--) {
                copy[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        return copy;
    }
}
