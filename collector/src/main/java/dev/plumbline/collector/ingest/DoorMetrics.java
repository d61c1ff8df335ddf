package dev.plumbline.collector.ingest;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;

/** Who stands at a port and who was sent away, beside the bounds. */
record DoorMetrics(String port, Doorkeeper doorkeeper) implements MetricSource {
    @Override
    public void tell(Families families) {
        Doorkeeper.Seen seen = doorkeeper.seen();
        families.gauge(
                "plumbline_port_strangers",
                "Connections that have proved nothing yet.",
                seen.strangers(),
                "port",
                port);
        families.gauge(
                "plumbline_port_strangers_most",
                "The most of them at once since the start.",
                seen.mostStrangers(),
                "port",
                port);
        families.gauge(
                "plumbline_port_strangers_limit",
                "How many of them are taken at once.",
                doorkeeper.strangersLimit(),
                "port",
                port);
        families.gauge(
                "plumbline_port_members", "Connections that have proved who they are.", seen.members(), "port", port);
        families.gauge(
                "plumbline_port_members_limit",
                "How many of them are taken at once; 0 where everybody stays a stranger.",
                doorkeeper.membersLimit(),
                "port",
                port);
        families.counter(
                "plumbline_port_turned_away_total",
                "Connections that were closed because a bound was reached.",
                seen.turnedAway(),
                "port",
                port);
        families.counter(
                "plumbline_port_gave_way_total",
                "Strangers who dallied and whose place another one got.",
                seen.gaveWay(),
                "port",
                port);
    }
}
