package dev.plumbline.collector.listing;

import dev.plumbline.words.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where the next page begins: behind the latest row that was told and still stands where it stood among the others. Good for one
 * query alone. It opens nothing: who may see what is asked anew at each page.
 *
 * @param behind names of the latest rows that were told, each with its place; the last one last
 * @param told how many rows were, of all pages
 */
record PageToken(List<Long> behind, int told) {
    /** So many rows may go between two pages, all of them neighbours, and none is lost. */
    static final int MOST = 16;

    static final String FIELD = "page_token";
    private static final byte VERSION = 2;
    private static final int QUERY_BYTES = 16;
    private static final int HEAD = 1 + QUERY_BYTES + Integer.BYTES;

    PageToken {
        behind = List.copyOf(behind);
        if (behind.size() > MOST || behind.size() > told) {
            throw new IllegalArgumentException(behind.size() + " rows are named of " + told + " that were told");
        }
    }

    /** @param query names what was asked, but for how much of it at once */
    String text(Sha256 query) {
        ByteBuffer all = ByteBuffer.allocate(HEAD + behind.size() * Long.BYTES)
                .put(VERSION)
                .put(name(query))
                .putInt(told);
        behind.forEach(all::putLong);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
    }

    static PageToken read(String text, Sha256 query) throws FieldViolation {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw none();
        }
        if (all.length < HEAD || all[0] != VERSION || (all.length - HEAD) % Long.BYTES != 0) {
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
        int named = rest.remaining() / Long.BYTES;
        if (told < named || named > MOST) {
            throw none();
        }
        List<Long> behind = new ArrayList<>();
        while (rest.hasRemaining()) {
            behind.add(rest.getLong());
        }
        return new PageToken(behind, told);
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
