package dev.plumbline.deploy.here;

import dev.plumbline.catalog.Platform;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Planner;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.catalog.site.Site;
import dev.plumbline.words.AgentId;
import dev.plumbline.words.SegmentId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A site of one segment with one agent: this host. */
final class HostSite {
    static final AgentId AGENT = new AgentId(new SegmentId("here"), "host");
    static final String EDITION = "plumbline-2026";

    private HostSite() {}

    /**
     * @param roles what this host is to Apple
     * @param services what is asked about; empty for all that a site uses unless it says otherwise
     * @param edition the one in force
     */
    static Site of(Set<Role> roles, Set<Service> services, String edition) {
        SegmentKind kind = roles.contains(Role.DEVICE) ? SegmentKind.WIRED : SegmentKind.SERVER;
        Segment segment = new Segment(AGENT.segment(), "this host", kind, roles, List.of(), AGENT.name());
        Set<Service> used = EnumSet.of(Service.CONTROL);
        used.addAll(services.isEmpty() ? EnumSet.complementOf(EnumSet.of(Service.CHINA)) : services);
        return new Site("host", "invalid", edition, used, EnumSet.allOf(Platform.class), List.of(segment));
    }

    static Segment segment(Site site) {
        return site.segments().get(0);
    }

    /** What the edition in force asks of this host, with the controls; what Apple has ended is left out. */
    static List<Target> targets(List<Target> all, Site site) {
        return Planner.belonging(all, site, segment(site)).stream()
                .filter(t -> t.isIn(site.edition()))
                .filter(t -> t.retiredOn().isEmpty())
                .toList();
    }
}
