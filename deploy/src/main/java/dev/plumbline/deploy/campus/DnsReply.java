package dev.plumbline.deploy.campus;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Writes one DNS response, names compressed (RFC 1035 4.1.4) so that a pool of eight addresses fits a datagram. */
final class DnsReply {
    /** Response codes (RFC 1035 4.1.1). */
    enum Code {
        NOERROR(0),
        SERVFAIL(2),
        NXDOMAIN(3),
        REFUSED(5);

        private final int number;

        Code(int number) {
            this.number = number;
        }
    }

    private static final int RESPONSE_RECURSION_AVAILABLE = 0x8080;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int POINTER = 0xc000;
    private static final int FARTHEST_POINTER = 0x3fff;
    private static final int HEADER = 12;
    private static final int INTERNET = 1;
    private static final int TTL_SECONDS = 60;
    private static final int NEGATIVE_TTL_SECONDS = 5;

    private final DnsQuestion question;
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private final Map<String, Integer> written = new HashMap<>();
    private int answers;
    private int authorities;

    DnsReply(DnsQuestion question) {
        this.question = question;
        remember(question.name());
    }

    DnsReply alias(String owner, String target) {
        int length = record(owner, DnsQuestion.CNAME, TTL_SECONDS);
        name(target);
        close(length);
        answers++;
        return this;
    }

    DnsReply address(String owner, InetAddress address) {
        int length = record(owner, address instanceof Inet6Address ? DnsQuestion.AAAA : DnsQuestion.A, TTL_SECONDS);
        records.writeBytes(address.getAddress());
        close(length);
        answers++;
        return this;
    }

    DnsReply text(String owner, String value) {
        int length = record(owner, DnsQuestion.TXT, TTL_SECONDS);
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        records.write(bytes.length);
        records.writeBytes(bytes);
        close(length);
        answers++;
        return this;
    }

    /** Says for how long a negative answer holds (RFC 2308). */
    DnsReply negative() {
        int length = record("", DnsQuestion.SOA, NEGATIVE_TTL_SECONDS);
        name("a.root-servers.net");
        name("nstld.campus.example");
        for (int value : new int[] {1, 1800, 900, 604800, NEGATIVE_TTL_SECONDS}) {
            int32(value);
        }
        close(length);
        authorities++;
        return this;
    }

    byte[] bytes(Code code) {
        return message(code.number, answers, authorities, records.toByteArray());
    }

    /** Only that there is more than fits (RFC 2181 9). */
    byte[] truncated() {
        return message(TRUNCATED, 0, 0, new byte[0]);
    }

    private byte[] message(int flags, int answerCount, int authorityCount, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int all = flags | RESPONSE_RECURSION_AVAILABLE | (question.recursionDesired() ? RECURSION_DESIRED : 0);
        for (int word : new int[] {question.id(), all, 1, answerCount, authorityCount, 0}) {
            out.write(word >> 8);
            out.write(word);
        }
        out.writeBytes(question.wire().toArray());
        out.writeBytes(body);
        return out.toByteArray();
    }

    private int record(String owner, int type, int ttl) {
        name(owner);
        int16(type);
        int16(INTERNET);
        int32(ttl);
        int mark = records.size();
        int16(0);
        return mark;
    }

    /** Fills in the length of the record data that began behind {@code mark}. */
    private void close(int mark) {
        byte[] all = records.toByteArray();
        int length = all.length - mark - 2;
        all[mark] = (byte) (length >> 8);
        all[mark + 1] = (byte) length;
        records.reset();
        records.writeBytes(all);
    }

    private void name(String name) {
        String rest = name;
        while (!rest.isEmpty()) {
            Integer place = written.get(rest);
            if (place != null) {
                int16(POINTER | place);
                return;
            }
            if (here() <= FARTHEST_POINTER) {
                written.put(rest, here());
            }
            String label = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
            records.write(label.length());
            records.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
            rest = rest.substring(Math.min(rest.length(), label.length() + 1));
        }
        records.write(0);
    }

    private int here() {
        return HEADER + question.wire().size() + records.size();
    }

    /** The question's name and its suffixes can be pointed at. */
    private void remember(String name) {
        int place = HEADER;
        String rest = name;
        while (!rest.isEmpty()) {
            written.put(rest, place);
            int dot = rest.indexOf('.');
            place += (dot < 0 ? rest.length() : dot) + 1;
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
    }

    private void int16(int value) {
        records.write(value >> 8);
        records.write(value);
    }

    private void int32(int value) {
        int16(value >> 16);
        int16(value);
    }
}
