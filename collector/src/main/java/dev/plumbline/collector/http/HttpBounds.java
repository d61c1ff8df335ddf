package dev.plumbline.collector.http;

import java.time.Duration;

/** What may be asked of the port, each number with its reason; connections are bounded as those of the people's port. */
final class HttpBounds {
    /** Questions stand in the path; bodies are empty objects. */
    static final int BODY_BYTES = 64 << 10;

    /** The path with its query: a page token has a few hundred bytes, a filter that somebody wrote less than that. */
    static final int LINE_BYTES = 16 << 10;

    static final int HEADER_BYTES = 8 << 10;

    /** HTTP/2 counts the path as a header. */
    static final int HEADER_LIST_BYTES = LINE_BYTES + HEADER_BYTES;

    /** From the first byte of a request to its answer's being ready. */
    static final Duration REQUEST = Duration.ofSeconds(30);

    /** From the first byte of a request to the last of its body, which is an empty object. */
    static final Duration BODY = Duration.ofSeconds(5);

    static final Duration IDLE = Duration.ofSeconds(60);

    /**
     * Requests with a token at once: more wait for the processor anyway, and each large answer takes some megabytes. As many again
     * of what needs none, which takes no place of theirs.
     */
    static final int AT_ONCE = 32;

    /** Of these, of one token, or from one neighbourhood without: some places are left to others. */
    static final int AT_ONCE_OF_ONE = 24;

    /** Streams at once; of those that watch fewer, together with those over gRPC. */
    static final int STREAMS = 64;

    /** Of these, of one token. */
    static final int STREAMS_OF_ONE = 16;

    /** Threads that wait for the disk or for each other: one for each answer, and some that ask for tokens and end streams meanwhile. */
    static final int THREADS = 2 * AT_ONCE + 8;

    /** Threads that write JSON and compress it, beside the one that serves connections. */
    static final int WRITERS = 2;

    /** Of one connection at once; a page has a few dozen parts. */
    static final int OF_CONNECTION = 32;

    /** Of one connection of HTTP/1.1, whose answers wait for the one before; clients that do not wait for it are rare. */
    static final int IN_LINE = 8;

    private HttpBounds() {}
}
