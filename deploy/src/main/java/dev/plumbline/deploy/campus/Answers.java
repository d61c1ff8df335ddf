package dev.plumbline.deploy.campus;

import dev.plumbline.deploy.campus.DnsReply.Code;
import dev.plumbline.words.Bytes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a segment's resolver answers, decided from the truth and the damage in force. */
final class Answers {
    /**
     * @param message empty for silence
     * @param delay how late it is sent
     */
    record Answer(Optional<Bytes> message, Duration delay) {
        static Answer of(byte[] message) {
            return new Answer(Optional.of(Bytes.of(message)), Duration.ZERO);
        }

        static Answer silence() {
            return new Answer(Optional.empty(), Duration.ZERO);
        }
    }

    private Answers() {}

    static Answer decide(Zone zone, List<Fault> faults, DnsQuestion question, boolean tcp) {
        Optional<Fault.Dns> damage = faults.stream()
                .filter(Fault.Dns.class::isInstance)
                .map(Fault.Dns.class::cast)
                .filter(d -> concerns(d, question.name()))
                .findFirst();
        return damage.isPresent() ? damaged(zone, damage.get(), question, tcp) : Answer.of(truth(zone, question));
    }

    private static boolean concerns(Fault.Dns damage, String name) {
        if (!damage.suffix().isEmpty()) {
            return Match.isBelow(name, damage.suffix());
        }
        return !damage.damage().isLie() || !Match.isBelow(name, AppleZone.CAMPUS);
    }

    private static Answer damaged(Zone zone, Fault.Dns fault, DnsQuestion question, boolean tcp) {
        DnsReply reply = new DnsReply(question);
        return switch (fault.damage()) {
            case NXDOMAIN -> Answer.of(reply.negative().bytes(Code.NXDOMAIN));
            case REFUSED -> Answer.of(reply.bytes(Code.REFUSED));
            case SERVFAIL -> Answer.of(reply.bytes(Code.SERVFAIL));
            case SINKHOLE -> Answer.of(lie(question, Route.SINKHOLE_IPV4, Route.SINKHOLE_IPV6));
            case HIJACK -> Answer.of(lie(question, Route.PARKED_HOST));
            case SILENT -> Answer.silence();
            case SLOW -> new Answer(Optional.of(Bytes.of(truth(zone, question))), fault.delay());
            case TRUNCATED -> tcp ? Answer.of(truth(zone, question)) : Answer.of(reply.truncated());
            case TRUNCATED_TCP_SILENT -> tcp ? Answer.silence() : Answer.of(reply.truncated());
        };
    }

    private static byte[] lie(DnsQuestion question, String... literals) {
        DnsReply reply = new DnsReply(question);
        for (String literal : literals) {
            InetAddress address = Block.address(literal);
            if (isOf(address, question.type())) {
                return reply.address(question.name(), address).bytes(Code.NOERROR);
            }
        }
        return reply.negative().bytes(Code.NOERROR);
    }

    /** The zone's own answer. */
    static byte[] truth(Zone zone, DnsQuestion question) {
        DnsReply reply = new DnsReply(question);
        if (!zone.exists(question.name())) {
            return reply.negative().bytes(Code.NXDOMAIN);
        }
        List<String> chain = zone.chain(question.name());
        for (int i = 0; i + 1 < chain.size(); i++) {
            reply.alias(chain.get(i), chain.get(i + 1));
        }
        String last = chain.get(chain.size() - 1);
        boolean any = zone.entry(last)
                .map(entry -> add(reply, last, entry, question.type()))
                .orElse(false);
        return (any ? reply : reply.negative()).bytes(Code.NOERROR);
    }

    private static boolean add(DnsReply reply, String owner, Zone.Entry entry, int type) {
        List<InetAddress> addresses =
                entry.addresses().stream().filter(a -> isOf(a, type)).toList();
        addresses.forEach(a -> reply.address(owner, a));
        List<String> texts = type == DnsQuestion.TXT ? entry.texts() : List.of();
        texts.forEach(t -> reply.text(owner, t));
        return !addresses.isEmpty() || !texts.isEmpty();
    }

    private static boolean isOf(InetAddress address, int type) {
        return type == (address instanceof Inet6Address ? DnsQuestion.AAAA : DnsQuestion.A);
    }
}
