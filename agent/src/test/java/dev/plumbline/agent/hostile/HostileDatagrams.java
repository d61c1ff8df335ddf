package dev.plumbline.agent.hostile;

import static dev.plumbline.words.FailureKind.EXCHANGE_MALFORMED;
import static dev.plumbline.words.FailureKind.EXCHANGE_SILENT;
import static dev.plumbline.words.FailureKind.NONE;

import dev.plumbline.words.FailureKind;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One way of being hostile over UDP.
 *
 * @param lasts true when only the client's deadline ends it
 * @param ends how whoever talks to it may end; {@link FailureKind#NONE} where it is an answer, though a wrong one
 */
public record HostileDatagrams(String name, boolean lasts, Set<FailureKind> ends, Script script) {
    private static final int MANY = 500;
    private static final Set<FailureKind> MALFORMED = Set.of(EXCHANGE_MALFORMED);
    /** An NTP packet of the right size is an answer, and what is wrong with it is said. */
    private static final Set<FailureKind> WRONG = Set.of(EXCHANGE_MALFORMED, NONE);

    private static final Set<FailureKind> SILENT = Set.of(EXCHANGE_SILENT);

    /** What it does with one question. */
    @FunctionalInterface
    public interface Script {
        void play(DatagramSocket socket, byte[] question, InetSocketAddress from) throws IOException;
    }

    /** The whole table; the names say what each is. */
    public static List<HostileDatagrams> all() {
        byte[] noise = new byte[1200];
        new Random(7).nextBytes(noise);
        return List.of(
                // Netty's native channel hears no empty datagrams.
                new HostileDatagrams(
                        "an empty datagram",
                        true,
                        Set.of(EXCHANGE_SILENT, EXCHANGE_MALFORMED),
                        (socket, question, from) -> socket.send(new DatagramPacket(new byte[0], 0, from))),
                answers("one byte", MALFORMED, question -> new byte[1]),
                answers("a byte short of a time server's packet", MALFORMED, question -> new byte[47]),
                answers("noise", WRONG, question -> noise),
                answers("zeros", WRONG, question -> new byte[1200]),
                answers("sixty kilobytes", WRONG, question -> new byte[60_000]),
                answers("the question itself", WRONG, question -> question),
                answers("the question's beginning", WRONG, question -> Arrays.copyOf(question, 40)),
                answers("a long header whose ids never end", WRONG, question -> {
                    byte[] answer = new byte[60];
                    Arrays.fill(answer, (byte) -1);
                    Arrays.fill(answer, 1, 5, (byte) 0);
                    return answer;
                }),
                answers("a time server that is a client", WRONG, question -> ntp(question, 0x23, 0)),
                answers("a time server that answers somebody else", WRONG, question -> ntp(question, 0x24, 1)),
                new HostileDatagrams("noise without end", false, WRONG, (socket, question, from) -> {
                    for (int i = 0; i < MANY; i++) {
                        socket.send(new DatagramPacket(noise, noise.length, from));
                    }
                }),
                new HostileDatagrams("an answer from another port", true, SILENT, (socket, question, from) -> {
                    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                        byte[] answer = ntp(question, 0x24, 0);
                        other.send(new DatagramPacket(answer, answer.length, from));
                    }
                }),
                new HostileDatagrams("silence", true, SILENT, (socket, question, from) -> {}));
    }

    @FunctionalInterface
    private interface Reply {
        byte[] to(byte[] question);
    }

    private static HostileDatagrams answers(String name, Set<FailureKind> ends, Reply reply) {
        return new HostileDatagrams(name, false, ends, (socket, question, from) -> {
            byte[] answer = reply.to(question);
            socket.send(new DatagramPacket(answer, answer.length, from));
        });
    }

    /** RFC 5905 §7.3 with the question's time, more or less. */
    private static byte[] ntp(byte[] question, int head, int off) {
        byte[] answer = new byte[48];
        answer[0] = (byte) head;
        answer[1] = 2;
        System.arraycopy(question, 40, answer, 24, 8);
        answer[31] += (byte) off;
        return answer;
    }

    /** The same at work. */
    public HostileServer open() throws IOException {
        return new Running(this, new DatagramSocket(0, InetAddress.getLoopbackAddress()));
    }

    /** A hostile server at work. */
    private static final class Running implements HostileServer {
        private final HostileDatagrams manner;
        private final DatagramSocket socket;

        private Running(HostileDatagrams manner, DatagramSocket socket) {
            this.manner = manner;
            this.socket = socket;
            Thread thread = new Thread(this::serve, "hostile-udp");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public InetSocketAddress socketAddress() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        /** The kernel drops what a client has no room for: nothing is counted. */
        @Override
        public long written() {
            return 0;
        }

        private void serve() {
            byte[] buffer = new byte[1 << 16];
            while (!socket.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    manner.script().play(socket, Arrays.copyOf(buffer, packet.getLength()), (InetSocketAddress)
                            packet.getSocketAddress());
                } catch (IOException gone) {
                    // The client may be gone already, which its host says by ICMP.
                }
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
