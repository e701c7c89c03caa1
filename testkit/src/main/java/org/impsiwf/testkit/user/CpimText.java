package org.impsiwf.testkit.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** CPIM messages (RFC 3862) as a chat client writes them. */
public final class CpimText {
    private CpimText() {}

    public static byte[] wrapping(String from, String to, String text) {
        return bytes("From: <" + from + ">\r\nTo: <" + to + ">\r\n", text);
    }

    /** One whose sender wants an IMDN of delivery (RFC 5438 §6.2). */
    public static byte[] wantingDelivery(String from, String to, String text, String imdnMessageId) {
        return bytes(
                "From: <" + from + ">\r\nTo: <" + to + ">\r\nDateTime: 2026-11-21T09:00:00Z\r\n"
                        + "NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: " + imdnMessageId
                        + "\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery\r\n",
                text);
    }

    /** A fresh id for {@link #wantingDelivery}. */
    public static String messageId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private static byte[] bytes(String headers, String text) {
        return (headers + "\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + text).getBytes(UTF_8);
    }
}
