package dev.plumbline.collector.firewall;

import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.scope.Block;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Writes firewalls as people do. A firewall has one purpose (55 of 100), two (30) or three (15); each is one of the kinds
 * below, whose weights are printed beside them. A packet rule drops (55), rejects with RST (25) or with ICMP (20).
 */
final class Administrator {
    private static final List<Kind> KINDS = List.of(
            new Kind("a port", 16, Administrator::port),
            new Kind("several ports", 6, Administrator::ports),
            new Kind("a port over UDP", 6, Administrator::overUdp),
            new Kind("a port to a block", 10, Administrator::portToBlock),
            new Kind("a block", 7, Administrator::block),
            new Kind("Apple's blocks", 4, Administrator::apple),
            new Kind("a port in one family", 4, Administrator::portInFamily),
            new Kind("IPv6", 2, Administrator::ipv6),
            new Kind("a port but to a block", 8, Administrator::portButBlock),
            new Kind("all but some ports", 5, Administrator::allButPorts),
            new Kind("overlapping blocks", 5, Administrator::overlap),
            new Kind("a list of addresses", 5, Administrator::addresses),
            new Kind("a name", 7, Administrator::name),
            new Kind("a name but names below", 4, Administrator::nameButNames),
            new Kind("a name at the resolver", 8, Administrator::resolver),
            new Kind("a resolver's name but names", 3, Administrator::resolverBut),
            new Kind("a sinkhole", 3, Administrator::sinkhole),
            new Kind("inspection", 7, Administrator::inspection),
            new Kind("inspection but names", 6, Administrator::inspectionBut),
            new Kind("a stalled port", 2, Administrator::stall),
            new Kind("a page", 3, Administrator::page));

    private static final List<Set<Integer>> PORT_SETS =
            List.of(Set.of(5223, 2197), Set.of(5223, 80), Set.of(80, 443), Set.of(22, 5223), Set.of(443, 2197));
    private static final List<String> BLOCKS = List.of(
            "17.0.0.0/8",
            "17.0.0.0/8",
            "17.249.0.0/16",
            "17.252.0.0/16",
            "17.57.144.0/22",
            "17.188.128.0/18",
            "17.188.20.0/23",
            "17.253.0.0/16",
            "17.248.128.0/18");
    private static final List<Block> APNS = List.of(
            Block.parse("17.249.0.0/16"),
            Block.parse("17.252.0.0/16"),
            Block.parse("17.57.144.0/22"),
            Block.parse("17.188.128.0/18"),
            Block.parse("17.188.20.0/23"),
            Block.parse("2620:149:a44::/48"),
            Block.parse("2403:300:a42::/48"),
            Block.parse("2403:300:a51::/48"),
            Block.parse("2a01:b740:a42::/48"));
    private static final List<String> NAMES = List.of(
            "apple.com",
            "apple.com",
            "push.apple.com",
            "push.apple.com",
            "itunes.apple.com",
            "icloud.com",
            "mzstatic.com",
            "cdn-apple.com",
            "business.apple.com",
            "school.apple.com",
            "apple-cloudkit.com",
            "icloud-content.com",
            "apps.apple.com",
            "digicert.com");

    private final World world;
    private final Random random;
    private final Firewall firewall = new Firewall();

    private Administrator(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    private record Kind(String name, int weight, java.util.function.Consumer<Administrator> writing) {}

    static Firewall firewall(World world, Random random) {
        Administrator administrator = new Administrator(world, random);
        int chance = random.nextInt(100);
        for (int left = chance < 55 ? 1 : chance < 85 ? 2 : 3; left > 0; left--) {
            administrator.write();
        }
        return administrator.firewall;
    }

    private String kind = "";

    private void write() {
        int chance = random.nextInt(KINDS.stream().mapToInt(Kind::weight).sum());
        for (Kind one : KINDS) {
            chance -= one.weight();
            if (chance < 0) {
                kind = one.name();
                one.writing().accept(this);
                return;
            }
        }
    }

    private void lines(Box box, FirewallRule... rules) {
        firewall.write(kind, box, List.of(rules));
    }

    private FirewallRule refusing() {
        int chance = random.nextInt(100);
        return FirewallRule.all(chance < 55 ? Verb.DROP : chance < 80 ? Verb.RESET : Verb.PROHIBIT);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Set<Integer> somePort() {
        return Set.of(any(List.of(5223, 5223, 5223, 443, 443, 2197, 80, 22)));
    }

    /** One that people know, or one cut around an address that is in use; now and then with the other family's. */
    private List<Block> someBlocks() {
        if (random.nextInt(100) < 60) {
            Block four = Block.parse(any(BLOCKS));
            return random.nextInt(4) == 0 ? List.of(four, Block.parse("2620:149::/32")) : List.of(four);
        }
        String address = someAddress();
        int prefix = address.indexOf(':') >= 0 ? any(List.of(32, 48, 64)) : any(List.of(8, 12, 16, 16, 20, 22, 24, 24));
        return List.of(cut(address, prefix));
    }

    private String someAddress() {
        while (true) {
            List<String> of = world.addresses(any(world.judged()).hostInRound(World.ROUND));
            if (!of.isEmpty()) {
                return any(of);
            }
        }
    }

    static Block cut(String address, int prefix) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            for (int bit = prefix; bit < bytes.length * 8; bit++) {
                bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
            }
            return Block.parse(InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private void port() {
        lines(Box.PACKETS, refusing().tcp(somePort()));
    }

    private void ports() {
        lines(Box.PACKETS, refusing().tcp(any(PORT_SETS)));
    }

    private void overUdp() {
        lines(Box.PACKETS, refusing().udp(Set.of(any(List.of(123, 123, 443)))));
    }

    private void portToBlock() {
        lines(Box.PACKETS, refusing().tcp(somePort()).to(someBlocks()));
    }

    private void block() {
        lines(Box.PACKETS, refusing().to(someBlocks()));
    }

    private void apple() {
        lines(Box.PACKETS, refusing().to(random.nextBoolean() ? Block.APPLE : List.of(Block.parse("17.0.0.0/8"))));
    }

    private void portInFamily() {
        lines(Box.PACKETS, refusing().tcp(somePort()).family(random.nextBoolean()));
    }

    private void ipv6() {
        lines(Box.PACKETS, refusing().family(true));
    }

    /** A known exception: the push service's blocks, or some other block, may be reached on the port. */
    private void portButBlock() {
        FirewallRule rule = refusing().tcp(Set.of(any(List.of(5223, 443, 443, 80))));
        List<Block> passing = random.nextBoolean() ? APNS : someBlocks();
        boolean appleOnly = random.nextInt(3) == 0;
        lines(Box.PACKETS, rule.to(passing).but(Verb.ACCEPT), appleOnly ? rule.to(Block.APPLE) : rule);
    }

    /** A default of refusing with the ports that people browse and ask the time by. */
    private void allButPorts() {
        FirewallRule all = refusing();
        lines(
                Box.PACKETS,
                all.tcp(random.nextInt(4) == 0 ? Set.of(443) : Set.of(80, 443)).but(Verb.ACCEPT),
                random.nextBoolean()
                        ? all.udp(Set.of(53, 123)).but(Verb.ACCEPT)
                        : all.udp(Set.of(53)).but(Verb.ACCEPT),
                all);
    }

    /** A small block before a larger one around it, each with its own answer. */
    private void overlap() {
        String address = someAddress();
        boolean six = address.indexOf(':') >= 0;
        FirewallRule inner = refusing().to(List.of(cut(address, six ? 48 : 16)));
        FirewallRule outer = refusing().to(List.of(cut(address, six ? 32 : 8)));
        if (random.nextBoolean()) {
            Set<Integer> ports = somePort();
            lines(Box.PACKETS, inner.tcp(ports), outer.tcp(ports));
        } else {
            lines(Box.PACKETS, inner, outer);
        }
    }

    /** A static allow-list of the couriers that somebody once saw. */
    private void addresses() {
        Target courier = world.plan(World.BROKEN).targets().stream()
                .filter(t -> t.probe() == ProbeKind.COURIER && t.port() == 5223 && t.poolSize() > 0)
                .findFirst()
                .orElse(any(world.judged()));
        List<Block> passing = new ArrayList<>();
        for (String address : world.addresses(courier.hostInRound(World.ROUND))) {
            if (random.nextInt(100) < 40) {
                passing.add(Block.parse(address + (address.indexOf(':') >= 0 ? "/128" : "/32")));
            }
        }
        FirewallRule rule = refusing().tcp(Set.of(courier.port()));
        if (passing.isEmpty()) {
            lines(Box.PACKETS, rule);
        } else {
            lines(Box.PACKETS, rule.to(passing).but(Verb.ACCEPT), rule);
        }
    }

    private FirewallRule onName() {
        return FirewallRule.all(random.nextInt(3) > 0 ? Verb.RESET_ON_NAME : Verb.CLOSE_ON_NAME);
    }

    private void name() {
        lines(Box.SESSIONS, onName().named(Set.of(any(NAMES))));
    }

    private void nameButNames() {
        FirewallRule rule = onName().named(Set.of("apple.com"));
        lines(Box.SESSIONS, rule.named(below()).but(Verb.ACCEPT), rule);
    }

    private Set<String> below() {
        Set<String> some = new HashSet<>();
        int many = 1 + random.nextInt(2);
        while (some.size() < many) {
            some.add(any(List.of(
                    "push.apple.com",
                    "push.apple.com",
                    "itunes.apple.com",
                    "business.apple.com",
                    "apps.apple.com",
                    "gdmf.apple.com")));
        }
        return some;
    }

    private FirewallRule denying() {
        int chance = random.nextInt(100);
        return FirewallRule.all(
                chance < 55
                        ? Verb.NXDOMAIN
                        : chance < 75 ? Verb.REFUSE : chance < 88 ? Verb.SERVFAIL : Verb.UNANSWERED);
    }

    private void resolver() {
        lines(Box.RESOLVER, denying().named(Set.of(any(NAMES))));
    }

    private void resolverBut() {
        FirewallRule rule = denying().named(Set.of("apple.com"));
        lines(Box.RESOLVER, rule.named(below()).but(Verb.ACCEPT), rule);
    }

    private void sinkhole() {
        lines(Box.RESOLVER, FirewallRule.all(Verb.SINKHOLE).named(Set.of(any(NAMES))));
    }

    private FirewallRule opening() {
        FirewallRule rule = FirewallRule.all(Verb.INTERCEPT);
        return rule.tcp(random.nextInt(3) > 0 ? Set.of(443) : Set.of(443, 5223, 2197));
    }

    private void inspection() {
        lines(Box.SESSIONS, opening());
    }

    private void inspectionBut() {
        FirewallRule rule = opening();
        Set<String> exempt = new HashSet<>();
        int many = 1 + random.nextInt(3);
        while (exempt.size() < many) {
            exempt.add(any(NAMES.subList(2, NAMES.size())));
        }
        lines(Box.SESSIONS, rule.named(exempt).but(Verb.ACCEPT), rule);
    }

    private void stall() {
        lines(Box.SESSIONS, FirewallRule.all(Verb.STALL).tcp(Set.of(any(List.of(5223, 443)))));
    }

    private void page() {
        FirewallRule rule = FirewallRule.all(Verb.BLOCK_PAGE).tcp(Set.of(80));
        lines(Box.SESSIONS, random.nextBoolean() ? rule : rule.named(Set.of(any(NAMES))));
    }
}
