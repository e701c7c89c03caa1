package org.impsiwf.testkit.ssp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** SSP XML written by hand after what was seen on the wire. */
final class SspXml {
    private static final String OPEN =
            "<?xml version='1.0'?>\n<WV-SSP-Message xmlns=\"http://www.openmobilealliance.org/DTD/WV-SSP1.3\">\n";
    private static final String CLOSE = "\n</WV-SSP-Message>\n";

    private SspXml() {}

    static String setUp(String mode, String transactionId, String primitive) {
        return OPEN + "<SetupTransaction mode=\"" + mode + "\" transactionID=\"" + transactionId + "\">" + primitive
                + "</SetupTransaction>" + CLOSE;
    }

    static String inSession(String sessionId, String mode, String transactionId, String primitive) {
        return OPEN + "<Session sessionID=\"" + sessionId + "\"><Transaction mode=\"" + mode + "\" transactionID=\""
                + transactionId + "\">" + primitive + "</Transaction></Session>" + CLOSE;
    }

    static String token(String serviceId, String token) {
        return "<SendSecretToken serviceID=\"" + serviceId
                + "\" protocol=\"WV-SSP\" protocolVersion=\"1.3\"><SecretToken>" + token
                + "</SecretToken></SendSecretToken>";
    }

    static String login(String serviceId, String digest) {
        return "<LoginRequest serviceID=\"" + serviceId + "\" timeToLive=\"86400\"><PasswordDigest encoding=\"base64\">"
                + digest + "</PasswordDigest></LoginRequest>";
    }

    static String loginAccepted(String sessionId) {
        return "<LoginResponse sessionID=\"" + sessionId + "\" timeToLive=\"86400\">" + status(200)
                + "</LoginResponse>";
    }

    static String loginRefused(int code) {
        return "<LoginResponse>" + status(code) + "</LoginResponse>";
    }

    static String status(int code) {
        return "<Status code=\"" + code + "\"/>";
    }

    static String metaInfo(String serviceId, String user) {
        return "<MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\"" + serviceId + "\"><User userID=\""
                + escaped(user) + "\"/></Requestor></MetaInfo>";
    }

    static String sendMessage(
            String serviceId, String from, String to, String text, String messageId, boolean wantsReport) {
        byte[] content = text.getBytes(UTF_8);
        return "<SendMessageRequest deliveryReport=\"" + (wantsReport ? "Yes" : "No") + "\">"
                + metaInfo(serviceId, from)
                + messageInfo(from, to, messageId, content.length)
                + "<ContentData contentType=\"text/plain\" encoding=\"base64\">"
                + Base64.getEncoder().encodeToString(content) + "</ContentData></SendMessageRequest>";
    }

    static String messageInfo(String from, String to, String messageId, int size) {
        return "<MessageInfo messageID=\"" + messageId + "\" contentType=\"text/plain\" contentSize=\"" + size
                + "\" validity=\"600\"><Recipient><User userID=\"" + escaped(to)
                + "\"/></Recipient><Sender><User userID=\""
                + escaped(from)
                + "\"/></Sender><DateTime format=\"iso8601\">2026-11-21T07:01:00Z</DateTime></MessageInfo>";
    }

    static String messageTaken(int status, String messageId) {
        return "<SendMessageResponse messageID=\"" + messageId + "\">" + status(status) + "</SendMessageResponse>";
    }

    static String deliveryReport(String serviceId, String recipient, String sender, String messageId, int result) {
        return "<DeliveryStatusReport><MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"" + serviceId
                + "\"/></MetaInfo><DeliveryResult>" + status(result)
                + "</DeliveryResult><DeliveryTime>2026-11-21T07:00:05Z</DeliveryTime>"
                + messageInfo(sender, recipient, messageId, 1) + "</DeliveryStatusReport>";
    }

    static String invite(String serviceId, String from, String to, String inviteId) {
        return "<InviteRequest inviteID=\"" + inviteId + "\" inviteType=\"IM\" validity=\"300\">"
                + metaInfo(serviceId, from)
                + "<Inviting><User userID=\"" + escaped(from) + "\"/></Inviting><Invited><User userID=\"" + escaped(to)
                + "\"/></Invited></InviteRequest>";
    }

    static String inviteAnswer(String inviter, String responder, String inviteId, boolean accepted) {
        return "<InviteResponse inviteID=\"" + inviteId + "\" acceptance=\"" + (accepted ? "Yes" : "No") + "\">"
                + status(200)
                + "<Inviting><User userID=\"" + escaped(inviter) + "\"/></Inviting><Responding><User userID=\""
                + escaped(responder) + "\"/></Responding></InviteResponse>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
