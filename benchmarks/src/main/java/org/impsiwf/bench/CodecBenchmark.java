package org.impsiwf.bench;

import java.nio.charset.StandardCharsets;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;

/** SSP XML decoded and encoded per second of one core. */
final class CodecBenchmark implements Benchmark {

    private static final String SEND_MESSAGE = "<?xml version=\"1.0\"?>\n"
            + "<WV-SSP-Message xmlns=\"http://www.openmobilealliance.org/DTD/WV-SSP1.3\"><Session sessionID=\"s42@iwf.example.com\">"
            + "<Transaction mode=\"Request\" transactionID=\"a-0007\"><SendMessageRequest deliveryReport=\"Yes\">"
            + "<MetaInfo clientOriginated=\"Yes\"><Requestor serviceID=\"wv:@imps.example.com\">"
            + "<User userID=\"wv:bob@imps.example.com\"><ClientID url=\"phone1\"/></User></Requestor></MetaInfo>"
            + "<MessageInfo messageID=\"m77@imps.example.com\" contentType=\"text/plain\" contentSize=\"120\" validity=\"600\">"
            + "<Recipient><User userID=\"wv:alice@ims.example.com\"/></Recipient>"
            + "<Sender><User userID=\"wv:bob@imps.example.com\"/></Sender>"
            + "<DateTime format=\"iso8601\">20261121T100000Z</DateTime></MessageInfo>"
            + "<ContentData contentType=\"text/plain\" encoding=\"base64\">"
            + "TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQsIGNvbnNlY3RldHVyIGFkaXBpc2NpbmcgZWxpdCwgc2VkIGRv".repeat(2)
            + "</ContentData></SendMessageRequest></Transaction></Session></WV-SSP-Message>";

    @Override
    public String name() {
        return "codec";
    }

    @Override
    public String summary() {
        return "SSP XML to records and back, against a bare Aalto scan and a write of the same bytes by hand";
    }

    @Override
    public void run(Report report) throws Exception {
        SspCodec codec = new SspCodec();
        Dialect dialect = Dialect.named("oma-1.3").orElseThrow();
        SspMessage message = codec.decode(SEND_MESSAGE.getBytes(StandardCharsets.UTF_8), dialect)
                .message();
        byte[] document = codec.encode(message, dialect);
        BareXml bare = new BareXml();
        String[] pieces = BareXml.pieces(document);
        byte[] out = new byte[document.length + 16];

        double ceiling = Rate.perSecond(() -> bare.scan(document) + bare.write(pieces, out));
        double decode =
                Rate.perSecond(() -> codec.decode(document, dialect).refused().size());
        double encode = Rate.perSecond(() -> codec.encode(message, dialect).length);
        double both = Rate.perSecond(
                () -> codec.encode(codec.decode(document, dialect).message(), dialect).length);
        report.note("SendMessageRequest of " + document.length + " bytes");
        report.figure("bare scan and write (ceiling)", ceiling, "messages/s of one core");
        report.figure("decode", decode, "messages/s of one core");
        report.figure("encode", encode, "messages/s of one core");
        report.figure("decode and encode", both, "messages/s of one core");
        report.atLeast("decode and encode ÷ ceiling", both / ceiling, 0.4);
    }
}
