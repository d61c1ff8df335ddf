package dev.plumbline.deploy.demo;

import java.time.Duration;
import java.util.List;

/**
 * What a demo's site looks like and how fast it is measured.
 *
 * @param services what the site uses; empty = the usual ones
 * @param every distance of the scheduled rounds, whole seconds
 * @param grace how long a late agent is waited for, whole seconds
 */
public record DemoSettings(
        List<DemoSegment> segments, List<String> services, Duration every, Duration grace, Duration stageTimeout) {
    public DemoSettings {
        segments = List.copyOf(segments);
        services = List.copyOf(services);
    }
}
