package dev.plumbline.agent.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The resolvers of this host, as resolv.conf(5) names them. */
public final class Resolvers {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int DNS_PORT = 53;
    /** As many as the C library would ask. */
    private static final int MAX_RESOLVERS = 3;

    private static final int MAX_DOMAINS = 6;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){0,20}");

    private Resolvers() {}

    /** The host's resolvers now; the local one when the file names none, as the C library does. */
    public static List<InetSocketAddress> ofHost() {
        try {
            return parse(Files.readString(RESOLV_CONF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return parse("");
        }
    }

    /**
     * The suffixes that this host completes short names with, in order; empty when the file names none.
     *
     * <p>As in the C library the last of the {@code search} and {@code domain} lines counts.
     */
    public static List<String> searchDomains() {
        try {
            return parseSearch(Files.readString(RESOLV_CONF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<String> parseSearch(String resolvConf) {
        List<String> domains = List.of();
        for (String line : resolvConf.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && (words[0].equals("search") || words[0].equals("domain"))) {
                domains = Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
                        .filter(NAME.asMatchPredicate())
                        .limit(MAX_DOMAINS)
                        .toList();
            }
        }
        return domains;
    }

    /** An address with its zone, which a link-local one needs (RFC 4007 §11). */
    private static Optional<InetAddress> address(String text) {
        int percent = text.indexOf('%');
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(percent < 0 ? text : text.substring(0, percent));
        if (bytes == null) {
            return Optional.empty();
        }
        return Optional.of(
                percent < 0 || bytes.length == 4 ? ofBytes(bytes) : zoned(bytes, text.substring(percent + 1)));
    }

    private static InetAddress zoned(byte[] bytes, String zone) {
        try {
            if (zone.matches("[0-9]{1,9}")) {
                return Inet6Address.getByAddress(null, bytes, Integer.parseInt(zone));
            }
            NetworkInterface link = NetworkInterface.getByName(zone);
            return link == null ? ofBytes(bytes) : Inet6Address.getByAddress(null, bytes, link);
        } catch (IOException e) {
            // An interface that is gone, or without an address of that scope: what is left is the address alone.
            return ofBytes(bytes);
        }
    }

    static List<InetSocketAddress> parse(String resolvConf) {
        List<InetSocketAddress> resolvers = new ArrayList<>();
        for (String line : resolvConf.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && words[0].equals("nameserver") && resolvers.size() < MAX_RESOLVERS) {
                address(words[1]).ifPresent(address -> resolvers.add(new InetSocketAddress(address, DNS_PORT)));
            }
        }
        return resolvers.isEmpty() ? List.of(new InetSocketAddress(NetUtil.LOCALHOST4, DNS_PORT)) : resolvers;
    }

    /** An address of 4 or 16 bytes, without asking any resolver. */
    static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
