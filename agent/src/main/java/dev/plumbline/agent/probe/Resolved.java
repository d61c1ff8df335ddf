package dev.plumbline.agent.probe;

import dev.plumbline.agent.policy.Policy;
import dev.plumbline.words.Lookup;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a name.
 *
 * @param addresses every distinct one that the agent's policy allows, IPv4 first, in the order of the answers
 * @param refused how many others there are; a name that is refused itself counts for one
 */
public record Resolved(List<Lookup> lookups, List<InetAddress> addresses, int refused) {
    /** A name that nobody was asked for. */
    static final Resolved REFUSED = new Resolved(List.of(), List.of(), 1);

    public Resolved {
        lookups = List.copyOf(lookups);
        addresses = List.copyOf(addresses);
    }

    Resolved(List<Lookup> lookups, List<InetAddress> addresses) {
        this(lookups, addresses, 0);
    }

    /** Without what the policy refuses. */
    Resolved under(Policy policy) {
        List<InetAddress> allowed = addresses.stream()
                .filter(address -> policy.refusesAddress(address).isEmpty())
                .toList();
        return new Resolved(lookups, allowed, refused + addresses.size() - allowed.size());
    }

    /** Nothing is left of what there was. */
    public boolean isRefused() {
        return addresses.isEmpty() && refused > 0;
    }

    /** The name that was asked for when an address was first an answer; addresses that nobody asked for have none. */
    Map<InetAddress, String> names() {
        Map<InetAddress, String> names = new HashMap<>();
        for (Lookup lookup : lookups) {
            if (!lookup.type().equals("TXT")) {
                lookup.answers().forEach(answer -> names.putIfAbsent(literal(answer.data()), lookup.name()));
            }
        }
        names.keySet().retainAll(addresses);
        return names;
    }

    /** With addresses that were known before. */
    Resolved with(Set<InetAddress> known) {
        LinkedHashSet<InetAddress> distinct = new LinkedHashSet<>(addresses);
        distinct.addAll(known);
        return new Resolved(lookups, List.copyOf(distinct), refused);
    }

    /** With what further names brought. */
    Resolved and(List<Resolved> others) {
        List<Lookup> all = new ArrayList<>(lookups);
        LinkedHashSet<InetAddress> distinct = new LinkedHashSet<>(addresses);
        int withheld = refused;
        for (Resolved other : others) {
            withheld += other.refused;
            all.addAll(other.lookups);
            distinct.addAll(other.addresses);
        }
        return new Resolved(all, List.copyOf(distinct), withheld);
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
