package dev.plumbline.collector.evidence;

import dev.plumbline.words.Environment;

/** What speaks for a segment: two agents of the same build fail alike where the agent is at fault. */
public record Build(String version, String platform) {
    public static Build of(Environment environment) {
        return new Build(environment.agentVersion(), environment.platform());
    }

    @Override
    public String toString() {
        return version + " on " + platform;
    }
}
