package dev.plumbline.deploy.campus;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where packets end without an answer or with a refusal: one silent and one closed port for each loopback address. */
final class Holes implements Closeable {
    private final Map<InetAddress, SilentPort> silent = new LinkedHashMap<>();
    private final Map<InetAddress, ClosedPort> closed = new LinkedHashMap<>();

    Holes(List<InetAddress> loopbacks) throws IOException {
        try {
            for (InetAddress loopback : loopbacks) {
                silent.put(loopback, new SilentPort(loopback));
                closed.put(loopback, new ClosedPort(loopback));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    InetSocketAddress silent(InetAddress loopback) {
        SilentPort port = silent.get(loopback);
        if (port == null) {
            throw new IllegalArgumentException(loopback + " is no loopback address of this campus");
        }
        return port.address();
    }

    InetSocketAddress closed(InetAddress loopback) {
        ClosedPort port = closed.get(loopback);
        if (port == null) {
            throw new IllegalArgumentException(loopback + " is no loopback address of this campus");
        }
        return port.address();
    }

    @Override
    public void close() throws IOException {
        for (SilentPort port : silent.values()) {
            port.close();
        }
        for (ClosedPort port : closed.values()) {
            port.close();
        }
    }
}
