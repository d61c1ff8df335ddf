package dev.plumbline.agent;

import dev.plumbline.agent.net.Leaving;
import dev.plumbline.agent.net.Sources;
import dev.plumbline.config.Section;
import dev.plumbline.identity.TlsFiles;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What sets one segment of a box apart from its others: who the agent is there, where it leaves from, what it keeps.
 *
 * @param isRenewed whether the certificate's file is the agent's to replace
 * @param data folder of the segment's spool and plan
 */
record ServedSegment(TlsFiles identity, boolean isRenewed, Path data, Leaving leaving) {
    /** The list of them. */
    static final String KEY = "segments";

    private static final int DNS_PORT = 53;
    private static final Pattern RESOLVER =
            Pattern.compile("([0-9.]+)(?::([0-9]{1,5}))?|\\[([0-9a-fA-F:.]+)](?::([0-9]{1,5}))?|([0-9a-fA-F:.]+)");

    /** Those of the list, or the one that a file without the list means: at least one unless problems were noted. */
    static List<ServedSegment> readAll(Section root, Path folder) {
        if (!root.has(KEY)) {
            Section own = root.section("identity");
            TlsFiles identity = TlsFiles.of(own);
            return List.of(new ServedSegment(
                    identity, renewed(own, identity), root.path("data", folder.resolve("data")), Leaving.ANYHOW));
        }
        if (root.has("identity")) {
            Section misplaced = root.section("identity");
            TlsFiles.of(misplaced);
            misplaced.flag("renew", false);
            root.problem("identity", "belongs into each entry of " + KEY + ", where that list is given");
        }
        if (root.has("data")) {
            root.path("data");
            root.problem("data", "belongs into each entry of " + KEY + ", where that list is given");
        }
        List<ServedSegment> segments = new ArrayList<>();
        Map<Object, String> taken = new HashMap<>();
        for (Section section : root.sections(KEY)) {
            segments.add(read(section, taken));
        }
        if (segments.isEmpty()) {
            root.problem(KEY, "names none; leave it out for the one segment that identity and data are for");
        }
        return segments;
    }

    private static ServedSegment read(Section section, Map<Object, String> taken) {
        Section own = section.section("identity");
        TlsFiles identity = TlsFiles.of(own);
        boolean isRenewed = renewed(own, identity);
        Path data = section.path("data");
        List<InetAddress> addresses = section.values("source", ServedSegment::address);
        String interfaceName = section.text("interface", "");
        if (section.has("source") == section.has("interface")) {
            section.problem(
                    "source",
                    "is missing, or stands beside an interface; give one of the two, so that the"
                            + " segment's probes leave by its own network");
        }
        long four = addresses.stream().filter(a -> a.getAddress().length == 4).count();
        if (four > 1 || addresses.size() - four > 1) {
            section.problem("source", "names two addresses of one family; give one of IPv4, one of IPv6, or both");
        }
        once(section, "identity", identity.certificate(), "certificate " + identity.certificate(), taken);
        if (!identity.isOneFile()) {
            once(section, "identity", identity.key(), "key " + identity.key(), taken);
        }
        once(section, "data", data, "folder " + data, taken);
        for (InetAddress address : addresses) {
            once(section, "source", address, "source " + address.getHostAddress(), taken);
        }
        if (!interfaceName.isEmpty()) {
            once(section, "interface", interfaceName, "interface " + interfaceName, taken);
        }
        Sources sources = interfaceName.isEmpty() ? Sources.of(addresses) : Sources.ofInterface(interfaceName);
        return new ServedSegment(
                identity, isRenewed, data, new Leaving(sources, section.values("resolvers", ServedSegment::resolver)));
    }

    private static boolean renewed(Section section, TlsFiles identity) {
        boolean isRenewed = section.flag("renew", false);
        if (isRenewed && !identity.isOneFile()) {
            section.problem("renew", "needs certificate and key in one file, which can be replaced at one blow");
        }
        return isRenewed;
    }

    /** Two segments that share one of these would be one, or would overwrite each other. */
    private static void once(Section section, String key, Object value, String what, Map<Object, String> taken) {
        String first = taken.putIfAbsent(value, section.where());
        if (first != null && !value.toString().isEmpty()) {
            section.problem(key, "takes " + what + ", which the entry at " + first + " has; give it one of its own");
        }
    }

    private static InetAddress address(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no address; write one of this host's, such as 192.0.2.7 or 2001:db8::7");
        }
        return ofBytes(bytes);
    }

    private static InetSocketAddress resolver(String text) {
        Matcher form = RESOLVER.matcher(text);
        if (form.matches()) {
            String host = first(form.group(1), form.group(3), form.group(5));
            String port = first(form.group(2), form.group(4), "" + DNS_PORT);
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
            if (bytes != null && Integer.parseInt(port) > 0 && Integer.parseInt(port) < 65536) {
                return new InetSocketAddress(ofBytes(bytes), Integer.parseInt(port));
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no resolver's address; write 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353");
    }

    private static String first(@Nullable String one, @Nullable String other, String last) {
        return one != null ? one : other != null ? other : last;
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }
}
