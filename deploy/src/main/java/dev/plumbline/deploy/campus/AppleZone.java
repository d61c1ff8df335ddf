package dev.plumbline.deploy.campus;

import static dev.plumbline.deploy.campus.HostKind.COURIER;
import static dev.plumbline.deploy.campus.HostKind.HTTP;
import static dev.plumbline.deploy.campus.HostKind.HTTPS;
import static dev.plumbline.deploy.campus.HostKind.NTP;
import static dev.plumbline.deploy.campus.HostKind.PROVIDER_API;
import static dev.plumbline.deploy.campus.HostKind.QUIC;
import static dev.plumbline.deploy.campus.HostKind.SSH;

import java.util.List;
import java.util.Set;

/** Lays out the fake Internet: Apple's push service, odd hosts, and every host the caller names. */
final class AppleZone {
    static final String CAMPUS = "campus.example";
    static final String PORTAL = "portal." + CAMPUS;
    private static final String AKADNS = ".akadns.net";
    private static final int COURIERS = 50;
    private static final int POOLS = 5;
    private static final int POOL_ADDRESSES = 8;

    /** Apple ended the binary protocol in March 2021 and these names with it. */
    private static final Set<String> RETIRED = Set.of(
            "gateway.push.apple.com",
            "feedback.push.apple.com",
            "gateway.sandbox.push.apple.com",
            "feedback.sandbox.push.apple.com");

    private static final List<String> OTHERS_CDN = List.of(
            "mzstatic.com",
            "edgesuite.net",
            "cloudflare.com",
            "fastly-edge.com",
            "vertexsmb.com",
            "apple-livephotoskit.com",
            "example.com",
            "digicert.com",
            "digicert.cn",
            "entrust.net",
            "verisign.net");

    private final Zone zone;
    private int next = 10;

    private AppleZone(boolean ipv6) {
        zone = new Zone(ipv6);
    }

    static Zone of(List<HostEntry> entries, boolean ipv6) {
        AppleZone world = new AppleZone(ipv6);
        world.couriers();
        world.push();
        world.oddHosts();
        world.campus();
        entries.forEach(world::add);
        return world.zone;
    }

    private void couriers() {
        for (int pool = 0; pool < POOLS; pool++) {
            for (int member = 0; member < POOL_ADDRESSES; member++) {
                int host = pool * 32 + 10 + member;
                zone.address(pool(pool), "17.57.%d.%d".formatted(144 + pool % 4, host));
                zone.address(pool(pool), "2620:149:a44:%x::%x".formatted(0x300 + pool, host));
            }
        }
        for (int n = 1; n <= COURIERS; n++) {
            courier(n + "-courier.push.apple.com", n);
        }
        courier("1-courier.sandbox.push.apple.com", 1);
        zone.text("push.apple.com", "count=50");
    }

    private void courier(String name, int n) {
        String middle = n + ".courier-push-apple.com" + AKADNS;
        zone.alias(name, middle);
        zone.alias(middle, pool((n - 1) % POOLS));
        zone.serve(name, 5223, COURIER);
        zone.serve(name, 443, COURIER);
    }

    private static String pool(int number) {
        return "eu-north-courier-" + number + ".push-apple.com" + AKADNS;
    }

    private void push() {
        api("api.push.apple.com", "17.188.143.", 10, 8);
        api("api.sandbox.push.apple.com", "17.188.168.", 20, 4);
        api("api.development.push.apple.com", "17.188.168.", 30, 4);
        zone.address("init.push.apple.com", "17.188.166.16");
        zone.serve("init.push.apple.com", 443, HTTPS);
        zone.alias("init-p01st.push.apple.com", "init-p01st.g.aaplimg.com");
        zone.address("init-p01st.g.aaplimg.com", "17.253.73.201");
        zone.address("init-p01st.g.aaplimg.com", "17.253.73.202");
        zone.address("init-p01st.g.aaplimg.com", "2a01:b740:a16:2000::5");
        zone.serve("init-p01st.push.apple.com", 80, HTTP);
    }

    private void api(String name, String network, int first, int count) {
        String target = name.replace(".push.apple.com", ".push-apple.com") + AKADNS;
        zone.alias(name, target);
        for (int i = 0; i < count; i++) {
            zone.address(target, network + (first + i));
        }
        zone.serve(name, 443, PROVIDER_API);
        zone.serve(name, 2197, PROVIDER_API);
    }

    private void oddHosts() {
        zone.address("time.apple.com", "17.253.108.125");
        zone.address("time.apple.com", "2620:149:a33:3000::1f2");
        zone.serve("time.apple.com", 123, NTP);
        zone.address("upload.appleschoolcontent.com", "17.179.252.9");
        zone.serve("upload.appleschoolcontent.com", 22, SSH);
        zone.address("mask.icloud.com", "17.248.195.64");
        zone.address("mask.icloud.com", "2620:149:af0::64");
        zone.serve("mask.icloud.com", 443, QUIC);
        zone.serve("mask.icloud.com", 443, HTTPS);
        zone.address("doh.dns.apple.com", "17.253.200.200");
        zone.address("doh.dns.apple.com", "2620:149:a0c:4000::200");
        zone.serve("doh.dns.apple.com", 443, HTTPS);
        add(new HostEntry("captive.apple.com", 80, HTTP));
        add(new HostEntry("www.apple.com", 443, HTTPS));
        add(new HostEntry("www.example.com", 443, HTTPS));
        add(new HostEntry("www.example.com", 80, HTTP));
    }

    private void campus() {
        zone.address(PORTAL, "10.20.0.1");
        zone.serve(PORTAL, 80, HTTP);
    }

    private void add(HostEntry entry) {
        for (String name : entry.names()) {
            if (entry.kind() == HostKind.ABSENT || RETIRED.contains(name)) {
                continue;
            }
            if (zone.resolve(name).isEmpty()) {
                settle(name);
            }
            zone.serve(name, entry.port(), entry.kind());
        }
    }

    /** Gives a new name an address of its own, behind the kind of alias its network would use. */
    private void settle(String name) {
        int n = next++;
        int third = n / 200;
        int last = n % 200 + 10;
        if (OTHERS_CDN.stream().anyMatch(cdn -> Match.isBelow(name, cdn))) {
            place(name, name + ".edgekey.net", "23.62." + (10 + third) + "." + last, "2a02:26f0:1::%x".formatted(n));
        } else if (name.matches("(cdn|swcdn|swdist|captive|certs|crl|ocsp|mesu|gdmf|appldnld|updates).*|.*-cdn\\..*")) {
            place(
                    name,
                    name + ".v.aaplimg.com",
                    "17.253." + (14 + third) + "." + last,
                    "2620:149:a06:f000::%x".formatted(n));
        } else {
            zone.address(name, "17.179." + (252 + third) + "." + last);
            zone.address(name, "2620:149:a10:f000::%x".formatted(n));
        }
    }

    private void place(String name, String target, String ipv4, String ipv6) {
        zone.alias(name, target);
        zone.address(target, ipv4);
        zone.address(target, ipv6);
    }
}
