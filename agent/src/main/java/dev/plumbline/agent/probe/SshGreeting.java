package dev.plumbline.agent.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text with which an SSH server begins: its identification, before which other lines may come (RFC 4253 §4.2).
 *
 * @param identification without its end of line; empty while none came
 * @param firstLine the first whole line of any kind; empty while none came
 * @param end where the identification's line ends
 */
record SshGreeting(String identification, String firstLine, int end, int length) {
    /** More than a greeting or a packet of a server, before what is kept of it is read. */
    static final int MOST_BYTES = 40 * 1024;

    /** Longest line, its end included; the RFC permits 255. */
    private static final int LONGEST_LINE = 255;

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
            if (line.startsWith("SSH-") && at - from < LONGEST_LINE) {
                return new SshGreeting(line, first, at + 1, heard.length);
            }
            from = at + 1;
        }
        return new SshGreeting("", first, from, heard.length);
    }

    boolean isIdentified() {
        return !identification.isEmpty();
    }

    /** True when no identification can come any more. */
    boolean isHopeless() {
        return !isIdentified() && (length >= LONGEST_TEXT || length - end > LONGEST_LINE);
    }
}
