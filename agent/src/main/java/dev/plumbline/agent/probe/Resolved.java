package dev.plumbline.agent.probe;

import dev.plumbline.words.Lookup;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What became of a name.
 *
 * @param addresses every distinct one, IPv4 first, in the order of the answers
 */
public record Resolved(List<Lookup> lookups, List<InetAddress> addresses) {
    public Resolved {
        lookups = List.copyOf(lookups);
        addresses = List.copyOf(addresses);
    }

    static Resolved of(List<Lookup> lookups) {
        LinkedHashSet<String> texts = new LinkedHashSet<>();
        for (Lookup lookup : lookups) {
            if (!lookup.type().equals("TXT")) {
                lookup.answers().forEach(answer -> texts.add(answer.data()));
            }
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(literal(text));
        }
        return new Resolved(lookups, addresses);
    }

    /** True when the text is an address already, which nobody needs to look up. */
    static boolean isLiteral(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    static InetAddress literal(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is no address", e);
        }
    }
}
