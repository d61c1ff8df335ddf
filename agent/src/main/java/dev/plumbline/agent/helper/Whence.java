package dev.plumbline.agent.helper;

import dev.plumbline.agent.net.Endpoints;
import dev.plumbline.words.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one question that an echo does not send back as it is: from where was it asked? A question is {@value #ASKED}, a token
 * of the asker's, and blanks up to {@value #BYTES} bytes; the answer is as long and has the same token. Pure.
 */
final class Whence {
    static final String ASKED = "plumbline: whence? ";
    static final String TOLD = "plumbline: from ";
    static final int BYTES = 128;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern ANSWER =
            Pattern.compile(Pattern.quote(TOLD) + "([0-9a-f]{32}) ([0-9a-fA-F.:]{2,45}) ([0-9]{1,5}) *");

    private Whence() {}

    /** @param token 32 hexadecimal digits */
    static byte[] question(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("'" + token + "' is no token of 32 digits");
        }
        return padded(ASKED + token);
    }

    /** The answer to a question, empty for anything else, which is sent back as it is. */
    static Optional<byte[]> answer(byte[] question, Endpoint from) {
        String text = new String(question, StandardCharsets.US_ASCII);
        if (question.length != BYTES || !text.startsWith(ASKED)) {
            return Optional.empty();
        }
        String token = text.substring(ASKED.length(), ASKED.length() + 32);
        return TOKEN.matcher(token).matches()
                ? Optional.of(padded(TOLD + token + " " + from.address() + " " + from.port()))
                : Optional.empty();
    }

    /** What the answer to a question says; empty when it is none to it. */
    static Optional<Endpoint> read(byte[] answer, String token) {
        Matcher told = ANSWER.matcher(new String(answer, StandardCharsets.US_ASCII));
        if (!told.matches() || !told.group(1).equals(token)) {
            return Optional.empty();
        }
        return Endpoints.told(told.group(2), told.group(3));
    }

    private static byte[] padded(String text) {
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, (byte) ' ');
        byte[] all = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(all, 0, bytes, 0, all.length);
        return bytes;
    }
}
