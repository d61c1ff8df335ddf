package dev.plumbline.agent.probe;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One question by UDP, sent three times within the stage unless an answer comes before: loss must not be taken for silence.
 * The answers to the later sends, where they come too, are answers to the same question and find nobody who waits.
 */
final class Sends {
    private static final long[] AT_MILLIS = {0, 1000, 2500};

    /** Of the time that is left, in eighths: three sends fit into a short stage too. */
    private static final long[] AT_EIGHTHS = {0, 2, 5};

    private final Talk talk;
    private final Answer answer;
    private final Supplier<ByteBuf> question;
    private int sent;

    private Sends(Talk talk, Answer answer, Supplier<ByteBuf> question) {
        this.talk = talk;
        this.answer = answer;
        this.question = question;
    }

    /** Keeps the number of sends as {@code sends}. */
    static void begin(Talk talk, Answer answer, Supplier<ByteBuf> question) {
        Sends sends = new Sends(talk, answer, question);
        long left = talk.left().toMillis();
        for (int i = 0; i < AT_MILLIS.length; i++) {
            long at = Math.min(AT_MILLIS[i], left * AT_EIGHTHS[i] / 8);
            talk.loop().schedule(sends::send, at, TimeUnit.MILLISECONDS);
        }
    }

    private void send() {
        if (answer.isEnded()) {
            return;
        }
        sent++;
        answer.seen("sends", Integer.toString(sent));
        talk.channel().writeAndFlush(question.get()).addListener(done -> {
            if (done.cause() != null) {
                answer.failed(done.cause());
            }
        });
    }
}
