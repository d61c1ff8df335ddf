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

    /** From the first byte of a request to the last of its answer: the largest page over 10 Mbit/s. */
    static final Duration REQUEST = Duration.ofSeconds(30);

    /** From the first byte of a request to the last of its body, which is an empty object. */
    static final Duration BODY = Duration.ofSeconds(5);

    static final Duration IDLE = Duration.ofSeconds(60);

    /** Requests of all at once: more wait for the processor anyway, and each large answer takes some megabytes. */
    static final int AT_ONCE = 32;

    /** Streams at once; of those that watch fewer, together with those over gRPC. */
    static final int STREAMS = 64;

    /** Threads that answer: two would do, but some wait for the disk. */
    static final int THREADS = 8;

    /** Of one connection at once; a page has a few dozen parts. */
    static final int OF_CONNECTION = 32;

    /** Proxies cut what says nothing for a minute, some for half of one. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private HttpBounds() {}
}
