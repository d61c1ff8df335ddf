package dev.plumbline.agent.net;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The resolvers of this host, as resolv.conf(5) names them. */
public final class Resolvers {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
    private static final int DNS_PORT = 53;
    /** As many as the C library would ask. */
    private static final int MAX_RESOLVERS = 3;

    private Resolvers() {}

    /** The host's resolvers now; the local one when the file names none, as the C library does. */
    public static List<InetSocketAddress> ofHost() {
        try {
            return parse(Files.readString(RESOLV_CONF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return parse("");
        }
    }

    static List<InetSocketAddress> parse(String resolvConf) {
        List<InetSocketAddress> resolvers = new ArrayList<>();
        for (String line : resolvConf.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 2 && words[0].equals("nameserver") && resolvers.size() < MAX_RESOLVERS) {
                String address = words[1].replaceFirst("%.*", "");
                byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
                if (bytes != null) {
                    resolvers.add(new InetSocketAddress(ofBytes(bytes), DNS_PORT));
                }
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
