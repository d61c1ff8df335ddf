package dev.plumbline.collector.ingest;

import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.RoundSummary;
import java.time.Duration;
import java.util.Optional;

/** What agents and strangers may ask of the collector's ports, all of it in one place, each number with its reason. */
public final class Bounds {
    /** Longest message, in bytes: eight times what an agent gathers before it sends. */
    static final int MESSAGE_BYTES = 4 << 20;

    /** Longest headers of a call, in bytes: ours have about 200. */
    static final int METADATA_BYTES = 8 << 10;

    /** Calls of one connection at once: an agent has its stream and a renewal, an operator a handful of questions. */
    static final int CALLS_PER_CONNECTION = 16;

    /** An agent takes back no call, an operator one now and then (CVE-2023-44487 begins and takes back thousands a second). */
    static final int CALLS_TAKEN_BACK = 100;

    static final int TAKEN_BACK_WITHIN_SECONDS = 30;

    /** Bytes of one connection that may be on the way, in the transport: a quarter of a second of 10 Mbit/s. */
    static final int TRANSPORT_WINDOW_BYTES = 256 << 10;

    /**
     * Connections that proved nothing yet, in all and of one neighbourhood: handshakes take a few milliseconds of a core, so more
     * than these wait for the processor anyway; each holds about 100 kB. The rest is closed before a byte is read, and tries again.
     */
    static final Gate.Bound STRANGERS = new Gate.Bound(256, 64, Duration.ofSeconds(2));

    /** The same of the enrolment port, where nobody ever proves himself: a join is one handshake and one question. */
    public static final Gate.Bound HOSTS = new Gate.Bound(64, 16, Duration.ofSeconds(5));

    /** The same of people and tools, whose connections count as members once a token on them was admitted. */
    public static final Gate.Bound PEOPLE = STRANGERS;

    /** Connections of people and tools on which a token was admitted, in all. */
    public static final int PEOPLE_MEMBERS = 1024;

    /** Of these, of one token from one neighbourhood: a dashboard's panels ask side by side, and scripts for each question anew. */
    public static final int PEOPLE_OF_ONE = 64;

    /** From the first byte to the client's HTTP/2 settings: a handshake over a bad line takes two seconds. */
    static final Duration HANDSHAKE = Duration.ofSeconds(10);

    /** Connections with a certificate, in all: more than a campus has segments and hosts, fewer than a process has descriptors. */
    static final int MEMBERS = 8192;

    /** Connections of one identity from one neighbourhood: an agent has one, and an operator's scripts a few dozen. */
    static final int CONNECTIONS_OF_ONE = 64;

    /** A connection without a call: agents have one all the time, and whoever asks again connects again. */
    static final Duration IDLE = Duration.ofSeconds(60);

    /** Streams in all. */
    static final int STREAMS = MEMBERS;

    /** Streams from one neighbourhood: a whole site may be behind one address. */
    static final int STREAMS_OF_ADDRESS = 4096;

    /** Installations under one identity that stand beside each other, so that an operator sees a copied key. */
    static final int CLONES = 4;

    /** Streams of one identity from one neighbourhood that are there besides: they have not said hello, or are being ended. */
    static final int STREAMS_OF_ONE = 4;

    /** Batches of one stream that may wait for the disk: what an agent sends without an acknowledgement. */
    static final int WINDOW = 4;

    /** Bytes of one stream that wait for the disk before no more is taken; the message that passes it still is. */
    static final int STREAM_BYTES = MESSAGE_BYTES;

    /**
     * Bytes of all streams that are on their way in, being handled or waiting for the disk: two seconds of a slow one. Who brings
     * more is not read from until there is room; beside it the transport holds its window of each connection.
     */
    static final long ALL_BYTES = 64L << 20;

    /**
     * While others wait for room the message that was begun first is to be whole within this, 4 MB over 3 Mbit/s, and any
     * other to get on.
     */
    static final Duration IN_THE_WAY = Duration.ofSeconds(10);

    /** A disk that takes longer for a batch lags: agents are asked to pause. */
    static final Duration LAG = Duration.ofSeconds(2);

    /** How long they are asked to pause, at least; at most twice as long, so that they do not come back at once. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** From the beginning of a stream to its hello, which an agent sends with it. */
    static final Duration HELLO = Duration.ofSeconds(10);

    /** A hello: ours have about 200. */
    static final int HELLO_BYTES = 16 << 10;

    /** A call's one question, as at the people's port: a renewal has about 1 kB, and a segment's declaration a few. */
    static final int QUESTION_BYTES = 64 << 10;

    /** From the beginning of a call to the end of its one question: 64 kB over 100 kbit/s. */
    static final Duration QUESTION = Duration.ofSeconds(10);

    /** From the first to the last byte of a message: 4 MB over 300 kbit/s. */
    static final Duration MESSAGE = Duration.ofMinutes(2);

    /** An agent that reads nothing for so long, not a byte, while something waits for it is ended. */
    static final Duration READING = Duration.ofSeconds(60);

    /** From a peer that says nothing an answer is asked for after this, and waited for as long as for one that reads nothing. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    /** A peer that was told why, and does not go, is cut off. */
    static final Duration FAREWELL = Duration.ofSeconds(5);

    /** Streams end with what they hold made durable; systemd waits for longer. */
    static final Duration DRAIN = Duration.ofSeconds(5);

    /** Demands that wait for an agent that does not read; the oldest gives way. */
    static final int DEMANDS = 16;

    /** Characters of a version, of which ours have about 20. */
    static final int VERSION_LENGTH = 64;

    /** Characters of a plan's hash in hexadecimal, and of the name of a demand. */
    static final int NAME_LENGTH = 64;

    private static final int OBSERVATIONS = 1024;
    private static final int SUMMARIES = 64;
    private static final int EVIDENCE = 1024;
    private static final int HOLDS = 256;
    private static final int ECHOES = 64;
    private static final int EVIDENCE_BYTES = 64 << 10;

    private Bounds() {}

    /** A sentence when the batch has more of something than is taken. */
    static Optional<String> passedBy(Batch batch) {
        if (batch.observations().size() > OBSERVATIONS) {
            return over("observations", batch.observations().size(), OBSERVATIONS);
        }
        if (batch.summaries().size() > SUMMARIES) {
            return over("round summaries", batch.summaries().size(), SUMMARIES);
        }
        if (batch.evidence().size() > EVIDENCE) {
            return over("items of evidence", batch.evidence().size(), EVIDENCE);
        }
        if (batch.holds().size() > HOLDS) {
            return over("holds", batch.holds().size(), HOLDS);
        }
        for (RoundSummary summary : batch.summaries()) {
            int echoes = summary.environment().echoes().size();
            if (echoes > ECHOES) {
                return over("echoes of one round", echoes, ECHOES);
            }
        }
        for (Evidence evidence : batch.evidence()) {
            if (evidence.content().size() > EVIDENCE_BYTES) {
                return over("bytes of one item of evidence", evidence.content().size(), EVIDENCE_BYTES);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> over(String what, int is, int most) {
        return Optional.of("the batch has " + is + " " + what + "; at most " + most + " are taken");
    }
}
