package dev.plumbline.collector.remedy;

import java.util.List;

/** The idle timer of connection tracking as a whole, for Linux boxes whose rules set none. */
final class Sysctl implements Writer {
    @Override
    public List<String> write(Need need) {
        if (!need.asks(Change.MEMORY)) {
            return List.of();
        }
        return List.of(
                Dialect.SYSCTL.comment(
                        "For all of the box; leave it where it is already more (Linux begins with 432000)."),
                "net.netfilter.nf_conntrack_tcp_timeout_established = " + Quiet.SECONDS);
    }
}
