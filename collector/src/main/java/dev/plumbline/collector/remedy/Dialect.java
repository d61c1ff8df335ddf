package dev.plumbline.collector.remedy;

import dev.plumbline.catalog.Words;

/** The languages that a remedy is written in. The words are a contract: new ones are added, old ones keep their meaning. */
public enum Dialect {
    NFTABLES("nftables, for nft -f FILE", "#"),
    IPTABLES("iptables, for iptables-restore --noflush FILE", "#"),
    IP6TABLES("ip6tables, for ip6tables-restore --noflush FILE", "#"),
    ASA("Cisco ASA, for configure terminal", "!"),
    SYSCTL("Linux connection tracking, for sysctl -p FILE", "#"),
    SQUID("squid.conf", "#"),
    PAC("proxy script (PAC)", "//"),
    UNBOUND("unbound.conf", "#"),
    RPZ("response policy zone, for BIND and others that load one", ";"),
    LIST_IPV4("IPv4 blocks, for firewalls that load a list", "#"),
    LIST_IPV6("IPv6 blocks, for firewalls that load a list", "#"),
    LIST_NAMES("names, for firewalls, filters and decryption that load a list", "#");

    private final String title;
    private final String comment;

    Dialect(String title, String comment) {
        this.title = title;
        this.comment = comment;
    }

    /** As printed and typed: {@code nftables}, {@code list-ipv4}. */
    public String word() {
        return Words.of(this);
    }

    /** For a heading. */
    public String title() {
        return title;
    }

    /** The text as one line that the reader of this language passes over. */
    String comment(String text) {
        return comment + " " + text.replaceAll("\\p{Cntrl}", " ").strip();
    }

    /**
     * The dialect of a word.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static Dialect ofWord(String word) {
        return Words.of(Dialect.class, word);
    }
}
