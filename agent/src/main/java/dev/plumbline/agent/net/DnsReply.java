package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Lookup.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one DNS message says in answer to one question.
 *
 * @param cnames the chain followed from the question's name, without that name
 */
record DnsReply(int rcode, boolean truncated, List<String> cnames, List<Answer> answers) {
    private static final int NOERROR = 0;
    private static final int NXDOMAIN = 3;
    private static final int REFUSED = 5;
    private static final int MAX_CHAIN = 16;

    /** More than any name of Apple's has; a resolver that lies must not choose how many addresses are connected to. */
    static final int MAX_ANSWERS = 64;

    /** True when the message answers this very question (RFC 5452 §9.1; the id is compared by the caller). */
    static boolean answers(DnsResponse response, String name, DnsRecordType type) {
        if (response.count(DnsSection.QUESTION) != 1) {
            return false;
        }
        DnsQuestion question = response.recordAt(DnsSection.QUESTION);
        return question.type().equals(type) && canonical(question.name()).equals(canonical(name));
    }

    /** The name of the question that the message repeats, without the final dot. */
    static String echoed(DnsResponse response) {
        String name = response.recordAt(DnsSection.QUESTION).name();
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    static DnsReply of(DnsResponse response, String name, DnsRecordType type) {
        Map<String, String> aliases = new HashMap<>();
        Map<String, List<Answer>> byOwner = new HashMap<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord answer = response.recordAt(DnsSection.ANSWER, i);
            String owner = canonical(answer.name());
            if (answer instanceof DnsRawRecord raw && answer.type().equals(DnsRecordType.CNAME)) {
                aliases.put(
                        owner,
                        canonical(
                                DefaultDnsRecordDecoder.decodeName(raw.content().duplicate())));
            } else if (answer instanceof DnsRawRecord raw && answer.type().equals(type)) {
                List<Answer> own = byOwner.computeIfAbsent(owner, any -> new ArrayList<>());
                if (own.size() < MAX_ANSWERS) {
                    own.add(new Answer(data(type, raw.content().duplicate()), answer.timeToLive()));
                }
            }
        }
        List<String> chain = chain(canonical(name), aliases);
        String last = chain.isEmpty() ? canonical(name) : chain.get(chain.size() - 1);
        return new DnsReply(
                response.code().intValue(), response.isTruncated(), chain, byOwner.getOrDefault(last, List.of()));
    }

    Failure failure() {
        return switch (rcode) {
            case NOERROR -> answers.isEmpty() ? Failure.of(FailureKind.NO_DATA) : Failure.none();
            case NXDOMAIN -> Failure.of(FailureKind.NXDOMAIN);
            case REFUSED -> Failure.of(FailureKind.DNS_REFUSED);
            default -> Failure.of(FailureKind.SERVFAIL, "rcode " + rcode);
        };
    }

    private static List<String> chain(String name, Map<String, String> aliases) {
        List<String> chain = new ArrayList<>();
        String next = aliases.get(name);
        while (next != null && chain.size() < MAX_CHAIN && !chain.contains(next)) {
            chain.add(next);
            next = aliases.get(next);
        }
        return chain;
    }

    private static String data(DnsRecordType type, ByteBuf content) {
        if (type.equals(DnsRecordType.TXT)) {
            StringBuilder text = new StringBuilder();
            while (content.isReadable()) {
                int length = Math.min(content.readUnsignedByte(), content.readableBytes());
                text.append(content.readCharSequence(length, StandardCharsets.ISO_8859_1));
            }
            return text.toString();
        }
        byte[] address = new byte[content.readableBytes()];
        content.readBytes(address);
        int expected = type.equals(DnsRecordType.A) ? 4 : 16;
        if (address.length != expected) {
            throw new IllegalArgumentException(
                    type.name() + " record of " + address.length + " bytes instead of " + expected);
        }
        return Endpoints.text(Resolvers.ofBytes(address));
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
