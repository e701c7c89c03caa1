package org.impsiwf.bench;

import java.nio.charset.StandardCharsets;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.Primitive;

/** Messages to measure with. */
final class SspSamples {

    private static final String HEAD = "<?xml version=\"1.0\"?>\n"
            + "<WV-SSP-Message xmlns=\"http://www.openmobilealliance.org/DTD/WV-SSP1.3\"><Session sessionID=\"s42@iwf.example.com\">";
    private static final String SERVER =
            "<MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"wv:@imps.example.com\"/></MetaInfo>";
    private static final String TAIL = "</Transaction></Session></WV-SSP-Message>";

    /** About 1 KB. */
    static final byte[] SEND_MESSAGE = (HEAD
                    + "<Transaction mode=\"Request\" transactionID=\"a-0007\"><SendMessageRequest deliveryReport=\"Yes\">"
                    + "<MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\"wv:@imps.example.com\">"
                    + "<User userID=\"wv:bob@imps.example.com\"><ClientID url=\"phone1\"/></User></Requestor></MetaInfo>"
                    + "<MessageInfo messageID=\"m77@imps.example.com\" contentType=\"text/plain\" contentSize=\"120\" validity=\"600\">"
                    + "<Recipient><User userID=\"wv:alice@ims.example.com\"/></Recipient>"
                    + "<Sender><User userID=\"wv:bob@imps.example.com\"/></Sender>"
                    + "<DateTime format=\"iso8601\">20261121T100000Z</DateTime></MessageInfo>"
                    + "<ContentData contentType=\"text/plain\" encoding=\"base64\">"
                    + "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQsIGNvbnNlY3RldHVyIGFkaXBpc2NpbmcgZWxpdCwgc2VkIGRv".repeat(2)
                    + "</ContentData></SendMessageRequest>"
                    + TAIL)
            .getBytes(StandardCharsets.UTF_8);

    static final byte[] SEND_MESSAGE_RESPONSE = (HEAD
                    + "<Transaction mode=\"Response\" transactionID=\"a-0007\"><SendMessageResponse messageID=\"m77@iwf.example.com\">"
                    + "<Status code=\"200\"/></SendMessageResponse>"
                    + TAIL)
            .getBytes(StandardCharsets.UTF_8);

    /** {@link #SEND_MESSAGE} to so many users. */
    static byte[] sendMessageTo(int recipients) {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < recipients; i++) {
            users.append("<Recipient><User userID=\"wv:member").append(i).append("@d1.example.com\"/></Recipient>");
        }
        return new String(SEND_MESSAGE, StandardCharsets.UTF_8)
                .replace("<Recipient><User userID=\"wv:alice@ims.example.com\"/></Recipient>", users)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** To so many subscribing users, of whom each has just joined. */
    static byte[] groupChangeNotice(int members) {
        StringBuilder users = new StringBuilder();
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < members; i++) {
            users.append("<User userID=\"wv:member").append(i).append("@iwf.example.com\"/>");
            joined.append("<Name>Member number ").append(i).append("</Name>");
        }
        return document("<GroupChangeNotice groupID=\"wv:bob/club@imps.example.com\">" + SERVER + users + "<Joined>"
                + joined + "</Joined></GroupChangeNotice>");
    }

    /** What a phone says of each of so many users. */
    static byte[] presenceNotification(int publishers) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < publishers; i++) {
            values.append("<PresenceValue userID=\"wv:friend")
                    .append(i)
                    .append(
                            "@imps.example.com\"><PresenceSubList xmlns=\"http://www.openmobilealliance.org/DTD/IMPS-PA1.3\">")
                    .append("<OnlineStatus><Qualifier>T</Qualifier><PresenceValue>T</PresenceValue></OnlineStatus>")
                    .append("<UserAvailability><Qualifier>T</Qualifier><PresenceValue>AVAILABLE</PresenceValue>")
                    .append("</UserAvailability><StatusText><Qualifier>T</Qualifier><PresenceValue>in a meeting till ")
                    .append(i)
                    .append("</PresenceValue></StatusText></PresenceSubList></PresenceValue>");
        }
        return document("<PresenceNotification>" + SERVER + "<User userID=\"wv:alice@iwf.example.com\"/>" + values
                + "</PresenceNotification>");
    }

    private static byte[] document(String primitive) {
        return (HEAD + "<Transaction mode=\"Request\" transactionID=\"a-0007\">" + primitive + TAIL)
                .getBytes(StandardCharsets.UTF_8);
    }

    private SspSamples() {}

    /** {@link #SEND_MESSAGE} to that user, such as {@code alice@ims.example.com}. */
    static Primitive sendMessageTo(String user) throws MalformedMessageException, DecodeException {
        String sample = new String(SEND_MESSAGE, StandardCharsets.UTF_8);
        return primitive(
                sample.replace("wv:alice@ims.example.com", "wv:" + user).getBytes(StandardCharsets.UTF_8));
    }

    /** The primitive of a document with one transaction. */
    static Primitive primitive(byte[] document) throws MalformedMessageException, DecodeException {
        return primitive(new SspCodec(), document);
    }

    static Primitive primitive(SspCodec codec, byte[] document) throws MalformedMessageException, DecodeException {
        SspMessage message = codec.decode(document, Dialect.OMA_1_3).message();
        return ((SspMessage.InSession) message).transactions().getFirst().primitive();
    }
}
