package org.impsiwf.bench;

import org.impsiwf.ssp.codec.Decoded;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;

/** SSP XML decoded and encoded per second of one core. */
final class CodecBenchmark implements Benchmark {

    private static final int MEMBERS = 100;
    private static final int USERS = 50;

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
        measure(report, "SendMessageRequest", SspSamples.SEND_MESSAGE);
        measure(report, "GroupChangeNotice of " + MEMBERS + " members", SspSamples.groupChangeNotice(MEMBERS));
        measure(report, "PresenceNotification of " + USERS + " users", SspSamples.presenceNotification(USERS));
    }

    private static void measure(Report report, String what, byte[] sample) throws Exception {
        SspCodec codec = new SspCodec();
        Dialect dialect = Dialect.OMA_1_3;
        Decoded sampled = codec.decode(sample, dialect);
        if (!sampled.refused().isEmpty() || sampled.skippedElements() > 0) {
            throw new IllegalStateException("the sample of " + what + " is not read as a whole: " + sampled.refused());
        }
        SspMessage message = sampled.message();
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
        report.note(what + ", " + document.length + " bytes");
        report.figure("bare scan and write (ceiling)", ceiling, "messages/s of one core");
        report.figure("decode", decode, "messages/s of one core");
        report.figure("encode", encode, "messages/s of one core");
        report.figure("decode and encode", both, "messages/s of one core");
        report.atLeast("decode and encode ÷ ceiling, " + what, both / ceiling, 0.4);
    }
}
