package dev.plumbline.agent.probe;

import dev.plumbline.words.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer read as far as it was kept (RFC 1035 §4.1). Names are stepped over, never followed, and must point backwards.
 *
 * @param question the question section in lower case
 * @param answers records for the type asked among the answers that were kept
 * @param defect why it is no whole message, empty when it is one
 */
record DnsMessage(int id, boolean response, int rcode, Bytes question, int answers, String defect) {
    private static final int RESPONSE = 0x8000;
    private static final int POINTER = 0xc0;
    private static final int LONGEST_NAME = 255;

    /** @param cut true when more of the message came than was kept */
    static DnsMessage read(byte[] kept, boolean cut) {
        ByteBuffer in = ByteBuffer.wrap(kept);
        if (in.remaining() < 12) {
            return new DnsMessage(-1, false, -1, Bytes.EMPTY, 0, kept.length + " bytes are no DNS message");
        }
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort() & 0xffff;
        int records = in.getShort() & 0xffff;
        in.position(12);
        Bytes question = Bytes.EMPTY;
        String defect = "";
        int[] counted = {0};
        try {
            if (questions == 1) {
                name(in);
                in.getInt();
                question = Bytes.of(new String(Arrays.copyOfRange(kept, 12, in.position()), StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT)
                        .getBytes(StandardCharsets.ISO_8859_1));
            } else {
                defect = "an answer with " + questions + " questions";
            }
            count(in, defect.isEmpty() ? records : 0, counted);
        } catch (BufferUnderflowException e) {
            defect = cut ? "" : "a DNS message that ends before its records do";
        } catch (IllegalArgumentException e) {
            defect = String.valueOf(e.getMessage());
        }
        return new DnsMessage(id, (flags & RESPONSE) != 0, flags & 15, question, counted[0], defect);
    }

    private static void count(ByteBuffer in, int records, int[] counted) {
        for (int i = 0; i < records; i++) {
            name(in);
            int type = in.getShort() & 0xffff;
            in.getShort();
            in.getInt();
            int length = in.getShort() & 0xffff;
            if (length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            in.position(in.position() + length);
            counted[0] += type == DnsQuestion.TYPE_A ? 1 : 0;
        }
    }

    /** Steps over a name. */
    private static void name(ByteBuffer in) {
        int start = in.position();
        int length = in.get() & 0xff;
        while (length != 0) {
            if ((length & POINTER) == POINTER) {
                int to = (length & ~POINTER) << 8 | (in.get() & 0xff);
                if (to >= start) {
                    throw new IllegalArgumentException("a DNS name that points at itself or ahead");
                }
                return;
            }
            if ((length & POINTER) != 0 || in.position() - start + length > LONGEST_NAME) {
                throw new IllegalArgumentException("a DNS name with a label of no kind, or too long");
            }
            if (length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            in.position(in.position() + length);
            length = in.get() & 0xff;
        }
    }

    /** Why this is no answer to the question; empty when it is one, whatever it answers. */
    Optional<String> objectionTo(DnsQuestion asked) {
        if (!defect.isEmpty()) {
            return Optional.of(defect);
        }
        if (!response) {
            return Optional.of("a DNS question in place of an answer");
        }
        if (id != asked.id()) {
            return Optional.of("a DNS answer under another id");
        }
        return question.equals(asked.section()) ? Optional.empty() : Optional.of("a DNS answer to another question");
    }
}
