package dev.plumbline.agent.forecast;

/**
 * What crosses the wire.
 *
 * @param connections TCP connections that are begun
 * @param packetsOut packets that leave this host; bytes are those of the IP packets, without the link's own frame
 */
public record Traffic(long connections, long packetsOut, long bytesOut, long packetsIn, long bytesIn) {
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);

    public Traffic {
        if (connections < 0 || packetsOut < 0 || bytesOut < 0 || packetsIn < 0 || bytesIn < 0) {
            throw new IllegalArgumentException("traffic is not negative");
        }
    }

    /** Packets of something that opens no connection of its own. */
    static Traffic packets(long packetsOut, long bytesOut, long packetsIn, long bytesIn) {
        return new Traffic(0, packetsOut, bytesOut, packetsIn, bytesIn);
    }

    public Traffic plus(Traffic other) {
        return new Traffic(
                connections + other.connections,
                packetsOut + other.packetsOut,
                bytesOut + other.bytesOut,
                packetsIn + other.packetsIn,
                bytesIn + other.bytesIn);
    }

    public Traffic times(long count) {
        return new Traffic(
                connections * count, packetsOut * count, bytesOut * count, packetsIn * count, bytesIn * count);
    }

    public long packets() {
        return packetsOut + packetsIn;
    }

    public long bytes() {
        return bytesOut + bytesIn;
    }
}
