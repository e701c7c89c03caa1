package org.impsiwf.testkit.ssp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** SSP XML written by hand after what was seen on the wire; nothing in it is checked. */
public final class SspXml {
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

    /** A message with one request, whose ids do not matter. */
    public static String lone(String primitive) {
        return inSession("-", "Request", "-", primitive);
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

    public static String status(int code) {
        return "<Status code=\"" + code + "\"/>";
    }

    public static String metaInfo(String serviceId, String user) {
        return "<MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\"" + serviceId + "\">" + user(user)
                + "</Requestor></MetaInfo>";
    }

    static String sendMessage(
            String serviceId, String from, String to, String text, String messageId, boolean wantsReport) {
        return sendMessage(
                serviceId, from, List.of(to), "text/plain", text.getBytes(UTF_8), Optional.of(messageId), wantsReport);
    }

    /**
     * @param to users, and groups, which have a {@code /} in them
     * @param messageId empty leaves the id to the receiver
     */
    public static String sendMessage(
            String serviceId,
            String from,
            List<String> to,
            String contentType,
            byte[] content,
            Optional<String> messageId,
            boolean wantsReport) {
        return "<SendMessageRequest deliveryReport=\"" + (wantsReport ? "Yes" : "No") + "\">"
                + metaInfo(serviceId, from)
                + messageInfo(from, to, messageId, contentType, content.length)
                + "<ContentData contentType=\"" + escaped(contentType) + "\" encoding=\"base64\">"
                + Base64.getEncoder().encodeToString(content) + "</ContentData></SendMessageRequest>";
    }

    private static String messageInfo(
            String from, List<String> to, Optional<String> messageId, String contentType, int size) {
        return "<MessageInfo" + messageId.map(id -> " messageID=\"" + id + "\"").orElse("") + " contentType=\""
                + escaped(contentType) + "\" contentSize=\"" + size + "\" validity=\"600\">"
                + to.stream().map(SspXml::recipient).collect(Collectors.joining())
                + "<Sender>" + user(from)
                + "</Sender><DateTime format=\"iso8601\">2026-11-21T07:01:00Z</DateTime></MessageInfo>";
    }

    private static String recipient(String address) {
        String group = "<GroupID groupID=\"" + escaped(address) + "\"/>";
        return "<Recipient>" + (address.contains("/") ? group : user(address)) + "</Recipient>";
    }

    private static String user(String address) {
        return "<User userID=\"" + escaped(address) + "\"/>";
    }

    /** @param types none: any */
    static String acceptedTypes(List<String> types) {
        return "<GetAcceptedContentTypesResponse anyContent=\"" + (types.isEmpty() ? "Yes" : "No") + "\">"
                + status(200)
                + types.stream()
                        .map(type ->
                                "<AcceptedContentType><ContentType>" + type + "</ContentType></AcceptedContentType>")
                        .collect(Collectors.joining())
                + "</GetAcceptedContentTypesResponse>";
    }

    public static String messageTaken(int status, String messageId) {
        return "<SendMessageResponse messageID=\"" + messageId + "\">" + status(status) + "</SendMessageResponse>";
    }

    public static String deliveryReport(
            String serviceId, String recipient, String sender, String messageId, int result) {
        return "<DeliveryStatusReport><MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"" + serviceId
                + "\"/></MetaInfo><DeliveryResult>" + status(result)
                + "</DeliveryResult><DeliveryTime>2026-11-21T07:00:05Z</DeliveryTime>"
                + messageInfo(sender, List.of(recipient), Optional.of(messageId), "text/plain", 1)
                + "</DeliveryStatusReport>";
    }

    public static String invite(String serviceId, String from, String to, String inviteId) {
        return "<InviteRequest inviteID=\"" + inviteId + "\" inviteType=\"IM\" validity=\"300\">"
                + metaInfo(serviceId, from)
                + "<Inviting>" + user(from) + "</Inviting><Invited>" + user(to) + "</Invited></InviteRequest>";
    }

    /** Takes an invitation back. */
    public static String cancelInvite(String serviceId, String from, String to, String inviteId) {
        return "<CancelInviteRequest inviteID=\"" + inviteId + "\">" + metaInfo(serviceId, from) + "<Canceling>"
                + user(from) + "</Canceling><Canceled>" + user(to) + "</Canceled></CancelInviteRequest>";
    }

    public static String inviteAnswer(String inviter, String responder, String inviteId, boolean accepted) {
        return "<InviteResponse inviteID=\"" + inviteId + "\" acceptance=\"" + (accepted ? "Yes" : "No") + "\">"
                + status(200)
                + "<Inviting>" + user(inviter) + "</Inviting><Responding>" + user(responder)
                + "</Responding></InviteResponse>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
