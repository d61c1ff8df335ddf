package dev.plumbline.agent.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text with which an SSH server begins: its identification, before which other lines may come (RFC 4253 §4.2).
 *
 * @param identification without its end of line; empty while none came
 * @param firstLine the first whole line of any kind; empty while none came
 * @param end where the identification's line ends, or the latest whole line
 * @param isHopeless no identification can come any more. Lines before it may be of any length, and however all is cut into segments,
 *     the same is found
 */
record SshGreeting(String identification, String firstLine, int end, boolean isHopeless) {
    /** More than a greeting or a packet of a server, before what is kept of it is read. */
    static final int MOST_BYTES = 40 * 1024;

    /** Longest identification, its end included (RFC 4253 §4.2). */
    private static final int LONGEST_LINE = 255;

    private static final String PREFIX = "SSH-";

    /** All lines together, the identification included. */
    private static final int LONGEST_TEXT = 1024;

    static SshGreeting read(byte[] heard) {
        String first = "";
        int from = 0;
        int readable = Math.min(heard.length, LONGEST_TEXT);
        for (int at = 0; at < readable; at++) {
            if (heard[at] != '\n') {
                continue;
            }
            String line = new String(Arrays.copyOfRange(heard, from, at), StandardCharsets.ISO_8859_1).strip();
            if (first.isEmpty()) {
                first = line;
            }
            if (line.startsWith(PREFIX)) {
                boolean isOne = at - from < LONGEST_LINE;
                return new SshGreeting(isOne ? line : "", first, isOne ? at + 1 : from, !isOne);
            }
            from = at + 1;
        }
        boolean isTooLong = heard.length - from > LONGEST_LINE
                && new String(heard, from, heard.length - from, StandardCharsets.ISO_8859_1)
                        .stripLeading()
                        .startsWith(PREFIX);
        return new SshGreeting("", first, from, isTooLong || heard.length >= LONGEST_TEXT);
    }

    boolean isIdentified() {
        return !identification.isEmpty();
    }
}
