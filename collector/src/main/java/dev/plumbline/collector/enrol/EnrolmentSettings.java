package dev.plumbline.collector.enrol;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * How hosts may join; a collector without it enrols nobody.
 *
 * @param listen the port for hosts that have no certificate yet
 * @param certificate of the site's authority
 * @param key of the site's authority
 * @param isApprovalRequired whether somebody has to say yes to each host that has a token
 * @param hosts names or addresses by which hosts reach the collector; empty = those of its certificate
 */
public record EnrolmentSettings(
        InetSocketAddress listen, Path certificate, Path key, boolean isApprovalRequired, List<String> hosts) {
    public EnrolmentSettings {
        hosts = List.copyOf(hosts);
    }

    /** A token is enough. */
    public EnrolmentSettings(InetSocketAddress listen, Path certificate, Path key, List<String> hosts) {
        this(listen, certificate, key, false, hosts);
    }
}
