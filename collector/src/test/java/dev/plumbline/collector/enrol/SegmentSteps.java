package dev.plumbline.collector.enrol;

import dev.plumbline.catalog.site.Site;
import dev.plumbline.collector.declared.WrittenSite;
import dev.plumbline.collector.ingest.Agents;
import dev.plumbline.v1.SegmentDeclaration;
import java.time.Clock;
import java.util.List;

/** Changes of segments as an administrator makes them, for tests without a port. */
public final class SegmentSteps {
    private final SegmentRegister register;

    private SegmentSteps(SegmentRegister register) {
        this.register = register;
    }

    public static SegmentSteps of(EnrolmentFile file, WrittenSite written) {
        return new SegmentSteps(SegmentRegister.open(
                file,
                written,
                SegmentRegister.settled(file, written, Clock.systemUTC()),
                new SegmentRegister.InForce() {
                    @Override
                    public List<String> contradictions(Site site) {
                        return List.of();
                    }

                    @Override
                    public void rule(Site site) {}
                },
                new Agents(),
                new TokenRegister(file, written::site, new RefusedTries(file, Clock.systemUTC()), Clock.systemUTC()),
                Clock.systemUTC(),
                Clock.systemUTC()));
    }

    public void add(String id, String kind) throws Exception {
        register.add(SegmentDeclaration.newBuilder().setId(id).setKind(kind).build(), "somebody");
    }

    public void remove(String id) throws Exception {
        register.remove(id, false, "somebody");
    }
}
