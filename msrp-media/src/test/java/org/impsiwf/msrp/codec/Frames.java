package org.impsiwf.msrp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.message.MsrpFrame;

/** Frames for tests. Lines are written with LF and become CRLF. */
final class Frames {
    private Frames() {}

    static final String SEND = """
            MSRP a786hjs2 SEND
            To-Path: msrp://biloxi.example.net:12763/kjhd37s2s20w2a;tcp
            From-Path: msrp://atlanta.example.net:7654/jshA7weztas;tcp
            Message-ID: 87652491
            Byte-Range: 1-25/25
            Content-Type: text/plain

            Hey Bob, are you there?!!
            -------a786hjs2$
            """;

    static final String FIRST_CHUNK = """
            MSRP dsdfoe38sd SEND
            To-Path: msrp://alice.example.com:7777/iau39soe2843z;tcp
            From-Path: msrp://bob.example.org:8888/9di4eae923wzd;tcp
            Message-ID: 456so39s
            Byte-Range: 1-5/10
            Success-Report: yes
            Failure-Report: partial
            Content-Disposition: inline
            Content-Type: text/plain;charset=utf-8

            first
            -------dsdfoe38sd+
            """;

    static final String ABORTED = FIRST_CHUNK.replace("-------dsdfoe38sd+", "-------dsdfoe38sd#");

    static final String BODILESS = """
            MSRP 9di4 SEND
            To-Path: msrps://[2001:db8::1]:9000/abc;tcp
            From-Path: msrps://bob@example.com:8145/foo;tcp
            Message-ID: 12345
            Byte-Range: 1-0/0
            Failure-Report: no
            -------9di4$
            """;

    static final String RESPONSE = """
            MSRP a786hjs2 200 OK
            To-Path: msrp://atlanta.example.net:7654/jshA7weztas;tcp
            From-Path: msrp://biloxi.example.net:12763/kjhd37s2s20w2a;tcp
            -------a786hjs2$
            """;

    static final String CHALLENGE = """
            MSRP 49fh 401 Unauthorized
            To-Path: msrps://alice.example.com:9892/98cjs;tcp
            From-Path: msrps://alice@intra.example.com;tcp
            WWW-Authenticate: Digest realm="intra.example.com", qop="auth", nonce="dcd98b71"
            -------49fh$
            """;

    static final String REPORT = """
            MSRP d93kswow REPORT
            To-Path: msrp://relay.example.org:2855/r1;tcp msrp://bob.example.org:8888/9di4eae923wzd;tcp
            From-Path: msrp://alice.example.com:7777/iau39soe2843z;tcp
            Message-ID: 12339sdqwer
            Byte-Range: 1-106/106
            Status: 000 200 OK
            -------d93kswow$
            """;

    static final String AUTH = """
            MSRP 49fi AUTH
            To-Path: msrps://alice@intra.example.com;tcp
            From-Path: msrps://alice.example.com:9892/98cjs;tcp
            Expires: 900
            -------49fi$
            """;

    /** What is read and written to the same octets. */
    static final List<String> GOLDEN = List.of(SEND, FIRST_CHUNK, ABORTED, BODILESS, RESPONSE, CHALLENGE, REPORT, AUTH);

    static byte[] wire(String frame) {
        return frame.replace("\n", "\r\n").getBytes(UTF_8);
    }

    static ByteBuf buffer(String frame) {
        return Unpooled.wrappedBuffer(wire(frame));
    }

    static MsrpFrame decode(String frame) {
        List<MsrpFrame> frames = decodeAll(new FrameDecoder(FrameLimits.DEFAULT), buffer(frame));
        if (frames.size() != 1) {
            throw new AssertionError("expected one frame, not " + frames);
        }
        return frames.getFirst();
    }

    static List<MsrpFrame> decodeAll(FrameDecoder decoder, ByteBuf in) {
        List<MsrpFrame> frames = new ArrayList<>();
        for (Optional<MsrpFrame> next = decoder.next(in); next.isPresent(); next = decoder.next(in)) {
            frames.add(next.get());
        }
        return frames;
    }
}
