package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.FailureClassifier;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What comes back in one exchange, collected until something ends it: the answer, an error, a close or the deadline. It
 * becomes a fact scrubbed; what is read out of it, is read before.
 */
final class Answer {
    /** More of a body than this is not read. */
    static final int MAX_BODY_BYTES = 64 * 1024;

    private static final int MAX_HEADER_CHARS = 1024;
    private static final int MAX_HEADERS = 64;
    private static final int MAX_INTERIM = 16;
    private static final int SWITCHING = 101;

    /** A body of megabytes comes in thousands of segments; chunks and frames of a few bytes each cost more than what they carry. */
    private static final int MAX_PIECES = 1 << 14;

    private final Talk talk;
    private final String protocol;
    private final Appetite appetite;
    private final long start;
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Exchange> ended = new CompletableFuture<>();
    private int status;
    private int interims;
    private final Map<String, String> seen = new TreeMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private long bodyBytes;
    private int pieces;
    private String asked;
    private String summary = "";
    private @Nullable Runnable otherwise;

    /** Starts the clock; the deadline is the talk's. */
    Answer(Talk talk, String protocol) {
        this(talk, protocol, "", Appetite.USUAL);
    }

    /**
     * The same for an answer of which more is wanted.
     *
     * @param asked what was asked, where a target is asked in several ways
     */
    Answer(Talk talk, String protocol, String asked, Appetite appetite) {
        this.talk = talk;
        this.protocol = protocol;
        this.asked = asked;
        this.appetite = appetite;
        this.start = talk.network().ticker().nanos();
        talk.loop().schedule(this::expire, talk.left().toNanos(), TimeUnit.NANOSECONDS);
    }

    CompletableFuture<Exchange> ended() {
        return ended;
    }

    boolean isEnded() {
        return ended.isDone();
    }

    /** True for a status that only announces the answer, which is waited for (RFC 9110 §15.2); many of them are no answer. */
    boolean isInterim(int status) {
        boolean interim = status / 100 == 1 && status != SWITCHING;
        interims += interim ? 1 : 0;
        if (interims > MAX_INTERIM) {
            malformed("more than " + MAX_INTERIM + " interim answers");
        }
        return interim;
    }

    void status(int status) {
        this.status = status;
    }

    /** Keeps a header; repeated ones are joined by a comma (RFC 9110 §5.3). */
    void header(String name, String value) {
        if (headers.size() < MAX_HEADERS || headers.containsKey(name)) {
            String all = headers.containsKey(name) ? headers.get(name) + ", " + value : value;
            headers.put(name, all.substring(0, Math.min(all.length(), MAX_HEADER_CHARS)));
        }
    }

    /** Says what was asked, where a target is asked in several ways. */
    void asked(String asked) {
        this.asked = asked;
    }

    /** Keeps what was read out of the answer. */
    void seen(String name, String value) {
        seen.put(name, value.substring(0, Math.min(value.length(), MAX_HEADER_CHARS)));
    }

    /** Keeps a piece of the answer itself. */
    void keep(Evidence piece) {
        evidence.add(piece);
    }

    List<Evidence> kept() {
        return List.copyOf(evidence);
    }

    /** Keeps the start of the body and counts the rest; returns false when enough was read. */
    boolean body(ByteBuf content) {
        if (++pieces > MAX_PIECES) {
            malformed("a body in more than " + MAX_PIECES + " pieces");
            return false;
        }
        bodyBytes += content.readableBytes();
        int most = Math.max(Exchange.MAX_BODY_START, appetite.keptBytes());
        int keep = Math.min(content.readableBytes(), most - kept.size());
        byte[] piece = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), piece);
        if (keep > 0) {
            kept.write(piece, 0, keep);
        }
        appetite.passing().accept(piece);
        return bodyBytes < appetite.mostBytes();
    }

    int status() {
        return status;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    String bodyText() {
        return bodyStart().latin1();
    }

    private Bytes bodyStart() {
        return Bytes.of(kept.toByteArray()).first(Exchange.MAX_BODY_START);
    }

    /**
     * What the exchange ends with when nothing better comes within this time, or before the deadline: an answer to another
     * question must not end the wait for the right one. The first one said holds.
     */
    void otherwise(Duration patience, Runnable ending) {
        if (otherwise == null && !ended.isDone()) {
            otherwise = ending;
            talk.loop().schedule(this::expire, patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void complete(String summary) {
        if (isEnded()) {
            return;
        }
        this.summary = summary;
        appetite.reading().read(this, kept.toByteArray());
        end(Failure.none());
    }

    void failed(Throwable cause) {
        end(FailureClassifier.exchanging(cause));
    }

    void malformed(String detail) {
        end(Failure.of(FailureKind.EXCHANGE_MALFORMED, Scrub.text(detail)));
    }

    void closed() {
        end(Failure.of(FailureKind.EXCHANGE_CLOSED, progress()));
    }

    private void expire() {
        if (otherwise != null && !ended.isDone()) {
            otherwise.run();
        }
        end(Failure.of(FailureKind.EXCHANGE_SILENT, progress()));
    }

    private String progress() {
        return status == 0 && bodyBytes == 0 ? "" : "after status " + status + " and " + bodyBytes + " bytes";
    }

    private void end(Failure failure) {
        if (ended.isDone()) {
            return;
        }
        ended.complete(new Exchange(
                protocol,
                failure,
                talk.network().ticker().since(start),
                status,
                Scrub.headers(headers),
                Scrub.body(bodyStart(), headers),
                bodyBytes,
                asked,
                seen,
                evidence.stream().map(Evidence::hash).toList(),
                summary));
    }
}
