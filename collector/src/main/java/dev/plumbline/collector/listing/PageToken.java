package dev.plumbline.collector.listing;

import dev.plumbline.words.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Where the next page begins: behind a row, wherever it lies now, or at its place when it is gone. Good for one query alone. It
 * opens nothing: who may see what is asked anew at each page.
 *
 * @param behind key of the last row that was told
 * @param told how many rows were
 */
record PageToken(String behind, int told) {
    static final String FIELD = "page_token";
    private static final byte VERSION = 1;
    private static final int QUERY_BYTES = 16;
    private static final int HEAD = 1 + QUERY_BYTES + Integer.BYTES;

    /** @param query names what was asked, but for how much of it at once */
    String text(Sha256 query) {
        byte[] key = behind.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(HEAD + key.length)
                .put(VERSION)
                .put(name(query))
                .putInt(told)
                .put(key)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    static PageToken read(String text, Sha256 query) throws FieldViolation {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw none();
        }
        if (all.length < HEAD || all[0] != VERSION) {
            throw none();
        }
        if (!Arrays.equals(Arrays.copyOfRange(all, 1, 1 + QUERY_BYTES), name(query))) {
            throw new FieldViolation(
                    FIELD,
                    "belongs to another query; repeat the request that it came with, changed in page_size and read_mask at"
                            + " most, or leave it empty for the first page");
        }
        ByteBuffer rest = ByteBuffer.wrap(all, 1 + QUERY_BYTES, all.length - 1 - QUERY_BYTES);
        int told = rest.getInt();
        if (told < 0) {
            throw none();
        }
        return new PageToken(new String(all, HEAD, all.length - HEAD, StandardCharsets.UTF_8), told);
    }

    private static FieldViolation none() {
        return new FieldViolation(
                FIELD,
                "is none that this collector gives; write next_page_token of the answer before, or leave it empty");
    }

    private static byte[] name(Sha256 query) {
        return Arrays.copyOf(query.bytes(), QUERY_BYTES);
    }
}
