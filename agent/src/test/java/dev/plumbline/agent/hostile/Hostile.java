package dev.plumbline.agent.hostile;

import dev.plumbline.agent.net.LittleServer;
import dev.plumbline.words.FailureKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * One way of being hostile over TCP.
 *
 * @param lasts true when only the client's deadline ends it
 * @param ends how whoever talks to it may end; {@link FailureKind#NONE} where it is an answer, though a wrong or weak one
 */
public record Hostile(String name, Layer layer, boolean lasts, Set<FailureKind> ends, Script script) {
    /** What the server speaks up to where it turns hostile: who does not come as far meets others. */
    public enum Layer {
        /** Nothing: everybody who connects meets it. */
        TCP,
        /** Whoever sends a ClientHello meets it. */
        TLS,
        /** Whoever sends an HTTP/1.1 request meets it, in the clear or behind TLS. */
        HTTP,
        /** Whoever agrees on h2 behind TLS meets it. */
        HTTP2,
        /** Whoever waits for a greeting meets it. */
        SSH
    }

    /** What it does with one connection. */
    @FunctionalInterface
    public interface Script {
        void play(Wire wire) throws IOException;
    }

    /** Ends by itself, long before any deadline. */
    static Hostile ends(String name, Layer layer, Set<FailureKind> ends, Script script) {
        return new Hostile(name, layer, false, ends, script);
    }

    /** Goes on until the deadline. */
    static Hostile lasts(String name, Layer layer, Set<FailureKind> ends, Script script) {
        return new Hostile(name, layer, true, ends, script);
    }

    /** The whole table. */
    public static List<Hostile> all() {
        List<Hostile> all = new ArrayList<>();
        all.addAll(HostileTcp.all());
        all.addAll(HostileTls.all());
        all.addAll(HostileHttp.all());
        all.addAll(HostileBodies.all());
        all.addAll(HostileHttp2.all());
        all.addAll(HostileSsh.all());
        return all;
    }

    /** @param underlay what goes before the script, such as TLS */
    public HostileServer open(UnaryOperator<LittleServer.Manner> underlay) throws IOException {
        AtomicLong written = new AtomicLong();
        return new Running(new LittleServer(underlay.apply(socket -> script.play(new Wire(socket, written)))), written);
    }

    /** A hostile server at work. */
    private record Running(LittleServer server, AtomicLong count) implements HostileServer {
        @Override
        public InetSocketAddress socketAddress() {
            return server.socketAddress();
        }

        @Override
        public long written() {
            return count.get();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
