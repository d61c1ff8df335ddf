package dev.plumbline.catalog.expectation;

import dev.plumbline.catalog.Target;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Exchange;

/**
 * SNTP (RFC 4330): the packet received is judged by mode, leap indicator and stratum. The agent compares the originate
 * timestamp with its own and says {@code ours} or {@code other} under {@code originate}, older ones among the headers. A kiss-o'-death is an
 * answer too: the server is reached, and limits us.
 */
final class NtpExpectation {
    private static final int LENGTH = 48;

    private NtpExpectation() {}

    static Assessment assess(Target target, Attempt attempt) {
        return Answers.answered(attempt).map(e -> answer(target, e)).orElseGet(() -> Answers.noExchange(attempt));
    }

    private static Assessment answer(Target target, Exchange e) {
        byte[] packet = e.bodyStart().toArray();
        if (packet.length < LENGTH) {
            return Answers.wrong(packet.length + " bytes are no NTP packet");
        }
        if (e.seen().getOrDefault("originate", Answers.header(e, "originate")).equals("other")) {
            return Answers.wrong("an NTP packet that answers another question");
        }
        int leap = (packet[0] & 0xff) >> 6;
        int mode = packet[0] & 7;
        int stratum = packet[1] & 0xff;
        if (mode != 4) {
            return Answers.wrong("NTP mode " + mode + " in place of a server's 4");
        }
        if (stratum == 0) {
            String code = e.seen().getOrDefault("kiss-code", Answers.header(e, "kiss-code"));
            return Answers.met(target.host() + " answered, but asks to be left alone for now (kiss-o'-death"
                    + (code.isEmpty() ? ")" : " " + code + ")"));
        }
        if (leap == 3 || stratum > 15) {
            return Answers.wrong("a time server without time (leap " + leap + ", stratum " + stratum + ")");
        }
        return Answers.met("NTP stratum " + stratum);
    }
}
