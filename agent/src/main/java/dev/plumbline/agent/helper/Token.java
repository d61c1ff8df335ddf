package dev.plumbline.agent.helper;

import java.security.SecureRandom;

/** 32 hexadecimal digits that nobody can guess: an answer with them is one to this question. */
final class Token {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    static String fresh() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(String.format("%08x", RANDOM.nextInt()));
        }
        return text.toString();
    }
}
