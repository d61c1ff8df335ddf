package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A resolver (RFC 1035) for whom every name has one IPv4 address, 127.0.0.1, and nothing else: what asks it reaches nobody. */
final class LoopbackNames implements AutoCloseable {
    private static final int LONGEST = 512;
    private static final int HEADER = 12;
    private static final int TYPE_A = 1;
    private static final int TTL_SECONDS = 60;

    private final DatagramSocket socket;

    private LoopbackNames(DatagramSocket socket) {
        this.socket = socket;
    }

    static LoopbackNames open() throws Trouble {
        try {
            LoopbackNames names = new LoopbackNames(new DatagramSocket(new InetSocketAddress(Loopback.home(), 0)));
            Thread thread = new Thread(names::answerAll, "names");
            thread.setDaemon(true);
            thread.start();
            return names;
        } catch (SocketException e) {
            throw new Trouble("no resolver can be opened on loopback", e);
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    private void answerAll() {
        byte[] buffer = new byte[LONGEST];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // The socket was closed, or who asked has gone.
            }
        }
    }

    /** Empty for what is no question. */
    static byte[] answer(byte[] question) {
        int at = HEADER;
        while (at < question.length && question[at] != 0) {
            at += 1 + (question[at] & 0xff);
        }
        int end = at + 5; // the root's label, type and class
        if (end > question.length) {
            return new byte[0];
        }
        boolean hasAddress = (question[at + 1] << 8 | (question[at + 2] & 0xff)) == TYPE_A;
        ByteBuffer answer = ByteBuffer.allocate(end + (hasAddress ? 16 : 0));
        answer.put(question, 0, end);
        answer.putShort(2, (short) 0x8180);
        answer.putShort(4, (short) 1).putShort(6, (short) (hasAddress ? 1 : 0));
        answer.putInt(8, 0);
        if (hasAddress) {
            answer.putShort((short) (0xc000 | HEADER)).putShort((short) TYPE_A).putShort((short) 1);
            answer.putInt(TTL_SECONDS).putShort((short) 4).put(new byte[] {127, 0, 0, 1});
        }
        return answer.array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
