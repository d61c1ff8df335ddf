package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.Words;

/** The languages that an allow-list is written in. The words are a contract. */
public enum Format {
    NFTABLES("#"),
    IPTABLES("#"),
    IP6TABLES("#"),
    ASA("!"),
    SQUID("#"),
    PAC("//"),
    LIST_NAMES("#"),
    LIST_IPV4("#"),
    LIST_IPV6("#"),
    /** RFC 4180, with a head line and without comments. */
    CSV("");

    private final String comment;

    Format(String comment) {
        this.comment = comment;
    }

    /** As typed: {@code nftables}, {@code list-names}. */
    public String word() {
        return Words.of(this);
    }

    boolean hasComments() {
        return !comment.isEmpty();
    }

    /** The text as one line that the reader of this language passes over. */
    String comment(String text) {
        return comment + " " + text.replaceAll("\\p{Cntrl}", " ").strip();
    }
}
