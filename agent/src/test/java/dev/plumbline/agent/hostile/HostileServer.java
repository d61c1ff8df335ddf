package dev.plumbline.agent.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A hostile server at work. */
public interface HostileServer extends AutoCloseable {
    InetSocketAddress socketAddress();

    /** Bytes that it was able to write until now, to all who came. */
    long written();

    @Override
    void close() throws IOException;
}
