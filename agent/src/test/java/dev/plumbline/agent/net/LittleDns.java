package dev.plumbline.agent.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server on loopback, UDP and TCP, written byte by byte so that it shares nothing with the client under test. */
public final class LittleDns implements AutoCloseable {
    /** What it does with a question. */
    public enum Behaviour {
        ANSWERS,
        ALIASES,
        NO_DATA,
        NXDOMAIN,
        REFUSED,
        SERVFAIL,
        SILENT,
        SECOND_SEND_ONLY,
        TRUNCATED,
        TRUNCATED_NO_TCP,
        GARBAGE,
        WRONG_ID,
        WRONG_ID_THEN_RIGHT,
        OTHER_QUESTION,
        LOWERS
    }

    private final Behaviour behaviour;
    private final List<String> addresses;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicInteger packets = new AtomicInteger();
    private final Set<String> questions = ConcurrentHashMap.newKeySet();

    /** @param addresses what every A question is answered with */
    public LittleDns(Behaviour behaviour, String... addresses) throws IOException {
        this.behaviour = behaviour;
        this.addresses = List.of(addresses);
        Pair pair = Pair.open();
        this.udp = pair.udp();
        this.tcp = pair.tcp();
        start(this::serveUdp);
        start(this::serveTcp);
    }

    public InetSocketAddress socketAddress() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    /** How many different questions came by UDP; one that is sent again, by the same port under the same id, counts once. */
    public int questions() {
        return questions.size();
    }

    /** One port number on both transports. */
    private record Pair(DatagramSocket udp, ServerSocket tcp) {
        private static final int MOST_PORTS = 200;

        /**
         * The kernel gives a port that is free on UDP; on TCP the same number may still be held by a connection that ended
         * within the last minute. What was found unfit stays open meanwhile, so that it is not given again.
         */
        static Pair open() throws IOException {
            List<DatagramSocket> unfit = new ArrayList<>();
            try {
                while (unfit.size() < MOST_PORTS) {
                    DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                    try {
                        return new Pair(
                                udp, new ServerSocket(udp.getLocalPort(), 50, InetAddress.getLoopbackAddress()));
                    } catch (BindException taken) {
                        unfit.add(udp);
                    }
                }
                throw new IOException("none of " + MOST_PORTS + " UDP ports was free on TCP too");
            } finally {
                unfit.forEach(DatagramSocket::close);
            }
        }
    }

    private static void start(Runnable server) {
        Thread thread = new Thread(server, "little-dns");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() {
        byte[] buffer = new byte[1500];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                questions.add(packet.getSocketAddress() + " " + question[0] + " " + question[1]);
                int number = packets.incrementAndGet();
                for (byte[] reply : replies(question, number)) {
                    udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                if (behaviour == Behaviour.TRUNCATED_NO_TCP || behaviour == Behaviour.LOWERS) {
                    continue;
                }
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] question = in.readNBytes(in.readUnsignedShort());
                byte[] reply = reply(question, 0, false, true, true);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(reply.length);
                out.write(reply);
                out.flush();
            } catch (IOException closed) {
                if (tcp.isClosed()) {
                    return;
                }
            }
        }
    }

    private byte[][] replies(byte[] question, int number) throws IOException {
        return switch (behaviour) {
            case ANSWERS, ALIASES -> one(reply(question, 0, false, true, true));
            case NO_DATA -> one(reply(question, 0, false, false, true));
            case NXDOMAIN -> one(reply(question, 3, false, false, true));
            case REFUSED -> one(reply(question, 5, false, false, true));
            case SERVFAIL -> one(reply(question, 2, false, false, true));
            case SILENT -> new byte[0][];
            case SECOND_SEND_ONLY -> number == 1 ? new byte[0][] : one(reply(question, 0, false, true, true));
            case TRUNCATED, TRUNCATED_NO_TCP -> one(reply(question, 0, true, false, true));
            case GARBAGE -> one("HTTP/1.1 400 Bad".getBytes(StandardCharsets.US_ASCII));
            case WRONG_ID -> one(reply(question, 0, false, true, false));
            case WRONG_ID_THEN_RIGHT ->
                new byte[][] {reply(question, 3, false, false, false), reply(question, 0, false, true, true)};
            case LOWERS -> one(reply(lowered(question), 0, false, true, true));
            case OTHER_QUESTION -> one(reply(renamed(question), 0, false, true, true));
        };
    }

    private static byte[][] one(byte[] reply) {
        return new byte[][] {reply};
    }

    /** The same question in small letters, as some boxes repeat it. */
    private static byte[] lowered(byte[] question) {
        byte[] lower = question.clone();
        for (int at = 12; lower[at] != 0; at += lower[at] + 1) {
            for (int i = at + 1; i <= at + lower[at]; i++) {
                lower[i] = (byte) Character.toLowerCase(lower[i]);
            }
        }
        return lower;
    }

    /** The same question with its first letter replaced. */
    private static byte[] renamed(byte[] question) {
        byte[] other = question.clone();
        other[13] = 'x';
        return other;
    }

    private byte[] reply(byte[] question, int rcode, boolean truncated, boolean answer, boolean rightId)
            throws IOException {
        int nameEnd = 12;
        while (question[nameEnd] != 0) {
            nameEnd += question[nameEnd] + 1;
        }
        int type = question[nameEnd + 2];
        boolean withAlias = answer && behaviour == Behaviour.ALIASES;
        boolean withAddress = answer && type == 1;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(rightId ? question[0] : ~question[0]);
        out.writeByte(question[1]);
        out.writeShort(0x8180 | (truncated ? 0x0200 : 0) | rcode);
        out.writeShort(1);
        out.writeShort((withAlias ? 1 : 0) + (withAddress ? addresses.size() : 0));
        out.writeInt(0);
        out.write(question, 12, nameEnd + 5 - 12);
        byte[] alias = {5, 'a', 'l', 'i', 'a', 's', 4, 't', 'e', 's', 't', 0};
        if (withAlias) {
            out.writeShort(0xc00c);
            out.writeShort(5);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(alias.length);
            out.write(alias);
        }
        for (String address : withAddress ? addresses : List.<String>of()) {
            if (withAlias) {
                out.write(alias);
            } else {
                out.writeShort(0xc00c);
            }
            out.writeShort(1);
            out.writeShort(1);
            out.writeInt(300);
            out.writeShort(4);
            out.write(InetAddress.getByName(address).getAddress());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
