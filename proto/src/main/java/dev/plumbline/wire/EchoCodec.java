package dev.plumbline.wire;

import dev.plumbline.words.Echo;
import dev.plumbline.words.EchoAnswer;
import dev.plumbline.words.EchoAsk;

/** What a helper sent back. */
final class EchoCodec {
    private EchoCodec() {}

    static dev.plumbline.v1.Echo encode(Echo echo) {
        return dev.plumbline.v1.Echo.newBuilder()
                .setAskValue(echo.ask().number())
                .setAnswerValue(echo.answer().number())
                .setAttempt(AttemptCodec.encode(echo.attempt()))
                .addAllChanges(echo.changes())
                .setSeenFrom(PartCodec.endpoint(echo.seenFrom()))
                .build();
    }

    static Echo decode(dev.plumbline.v1.Echo message) throws WireException {
        try {
            return new Echo(
                    EchoAsk.ofNumber(message.getAskValue()),
                    EchoAnswer.ofNumber(message.getAnswerValue()),
                    Fields.required(message.hasAttempt(), message.getAttempt(), "attempt", AttemptCodec::decode),
                    message.getChangesList(),
                    PartCodec.endpoint(message.getSeenFrom(), "seen_from"));
        } catch (IllegalArgumentException e) {
            throw Fields.problem("answer", e);
        }
    }
}
