package dev.plumbline.wire;

import dev.plumbline.words.Lookup;

/** Questions to resolvers and their answers. */
final class LookupCodec {
    private static final long MAX_TTL = 0xffff_ffffL;

    private LookupCodec() {}

    static dev.plumbline.v1.Lookup encode(Lookup lookup) {
        dev.plumbline.v1.Lookup.Builder message = dev.plumbline.v1.Lookup.newBuilder()
                .setName(lookup.name())
                .setType(lookup.type())
                .setResolver(PartCodec.endpoint(lookup.resolver()))
                .setTransportValue(lookup.transport().number())
                .setStartedAt(Fields.timestamp(lookup.startedAt()))
                .setElapsedMicros(Fields.micros(lookup.elapsed()))
                .setFailure(PartCodec.failure(lookup.failure()))
                .setRcode(lookup.rcode())
                .setTruncated(lookup.truncated())
                .addAllCnameChain(lookup.cnameChain())
                .setSends(lookup.sends());
        lookup.answers().forEach(a -> message.addAnswers(answer(a)));
        return message.build();
    }

    static Lookup decode(dev.plumbline.v1.Lookup message) throws WireException {
        return new Lookup(
                message.getName(),
                message.getType(),
                PartCodec.endpoint(message.getResolver(), "resolver"),
                PartCodec.transport(message.getTransportValue()),
                Fields.instant(message.hasStartedAt(), message.getStartedAt(), "started_at"),
                Fields.span(message.getElapsedMicros(), "elapsed_micros"),
                PartCodec.failure(message.hasFailure(), message.getFailure(), "failure"),
                message.getRcode(),
                message.getTruncated(),
                message.getCnameChainList(),
                Fields.each(message.getAnswersList(), "answers", LookupCodec::answer),
                Fields.count(message.getSends(), "sends"));
    }

    private static dev.plumbline.v1.Answer answer(Lookup.Answer answer) {
        return dev.plumbline.v1.Answer.newBuilder()
                .setData(answer.data())
                .setTtlSeconds((int) Math.max(0, Math.min(MAX_TTL, answer.ttlSeconds())))
                .build();
    }

    private static Lookup.Answer answer(dev.plumbline.v1.Answer message) {
        return new Lookup.Answer(message.getData(), Integer.toUnsignedLong(message.getTtlSeconds()));
    }
}
