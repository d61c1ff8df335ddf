package dev.plumbline.deploy.campus;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A resolver's client made by hand, so that tests share no codec with what they test. */
final class DnsClient {
    /** What came back: the response code, the TC bit, and the answers as {@code TYPE value} in order. */
    record Reply(int code, boolean truncated, List<String> answers) {
        List<String> of(String type) {
            return answers.stream()
                    .filter(a -> a.startsWith(type + " "))
                    .map(a -> a.substring(type.length() + 1))
                    .toList();
        }
    }

    /** Where an answer is expected: a busy host may take long to give it. */
    static final int PATIENCE = 30_000;

    private static final int ID = 0x1234;
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int TXT = 16;
    private static final int AAAA = 28;

    private final InetSocketAddress resolver;

    DnsClient(InetSocketAddress resolver) {
        this.resolver = resolver;
    }

    /** @throws java.net.SocketTimeoutException after {@code patienceMillis} of silence */
    Reply udp(String name, int type, int patienceMillis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(patienceMillis);
            byte[] query = query(name, type);
            socket.send(new DatagramPacket(query, query.length, resolver));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return parse(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    Reply udp(String name) throws IOException {
        return udp(name, A, PATIENCE);
    }

    Reply tcp(String name, int patienceMillis) throws IOException {
        try (Socket socket = new Socket(resolver.getAddress(), resolver.getPort())) {
            socket.setSoTimeout(patienceMillis);
            byte[] query = query(name, A);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(query.length + 2)
                            .putShort((short) query.length)
                            .put(query)
                            .array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return parse(in.readNBytes(in.readUnsignedShort()));
        }
    }

    static byte[] query(String name, int type) {
        ByteBuffer out = ByteBuffer.allocate(512);
        out.putShort((short) ID)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) 0);
        for (String label : name.split("\\.", -1)) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.put((byte) 0).putShort((short) type).putShort((short) 1);
        return Arrays.copyOf(out.array(), out.position());
    }

    static Reply parse(byte[] message) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (in.getShort() != ID) {
            throw new IOException("an answer to another question");
        }
        int flags = in.getShort() & 0xffff;
        in.getShort();
        int count = in.getShort();
        in.position(12);
        name(in);
        in.getInt();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            name(in);
            int type = in.getShort();
            in.getShort();
            in.getInt();
            int length = in.getShort();
            int end = in.position() + length;
            answers.add(value(in, type, length));
            in.position(end);
        }
        return new Reply(flags & 15, (flags & 0x0200) != 0, answers);
    }

    private static String value(ByteBuffer in, int type, int length) throws IOException {
        if (type == CNAME) {
            return "CNAME " + name(in);
        }
        byte[] data = new byte[length];
        in.get(data);
        return switch (type) {
            case A -> "A " + InetAddress.getByAddress(data).getHostAddress();
            case AAAA -> "AAAA " + InetAddress.getByAddress(data).getHostAddress();
            case TXT -> "TXT " + new String(data, 1, length - 1, StandardCharsets.US_ASCII);
            default -> "TYPE" + type;
        };
    }

    private static String name(ByteBuffer in) {
        StringBuilder name = new StringBuilder();
        ByteBuffer at = in;
        for (int length = at.get() & 0xff; length > 0; length = at.get() & 0xff) {
            if (length >= 0xc0) {
                int target = (length & 0x3f) << 8 | (at.get() & 0xff);
                at = in.duplicate().position(target);
                continue;
            }
            byte[] label = new byte[length];
            at.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString();
    }
}
