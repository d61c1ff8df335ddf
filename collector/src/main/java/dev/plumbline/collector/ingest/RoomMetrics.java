package dev.plumbline.collector.ingest;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;

/** What is on its way in. */
record RoomMetrics(Room room) implements MetricSource {
    @Override
    public void tell(Families families) {
        Room.Level level = room.level();
        families.gauge(
                "plumbline_ingest_room_bytes",
                "Bytes of all streams from their arrival until they are handled, of batches until they are durable.",
                level.taken());
        families.gauge(
                "plumbline_ingest_room_highest_bytes",
                "The most that was taken at once since the start.",
                level.highest());
        families.gauge(
                "plumbline_ingest_room_limit_bytes",
                "How much is taken at once; streams wait for what is beyond.",
                level.most());
        families.gauge(
                "plumbline_ingest_receiving_streams", "Streams whose message is not whole yet.", level.receiving());
        families.gauge(
                "plumbline_ingest_waiting_streams",
                "Streams that are not read from until there is room.",
                level.waiting());
        families.counter(
                "plumbline_ingest_pauses_total",
                "Times that an agent was asked to send nothing for a moment.",
                level.pauses());
    }
}
