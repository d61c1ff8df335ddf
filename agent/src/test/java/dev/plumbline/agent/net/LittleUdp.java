package dev.plumbline.agent.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A UDP server on loopback that answers each datagram with some of its own. */
public final class LittleUdp implements AutoCloseable {
    /** What is sent back to the datagram of this number, counted from 1. */
    @FunctionalInterface
    public interface Manner {
        List<byte[]> answers(byte[] question, int number);
    }

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<byte[]> questions = new CopyOnWriteArrayList<>();
    private final Manner manner;

    public LittleUdp(Manner manner) throws IOException {
        this.manner = manner;
        Thread thread = new Thread(this::serve, "little-udp");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress socketAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** What came, in order. */
    public List<byte[]> questions() {
        return List.copyOf(questions);
    }

    private void serve() {
        byte[] buffer = new byte[2048];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] question = Arrays.copyOf(buffer, packet.getLength());
                questions.add(question);
                for (byte[] answer : manner.answers(question, questions.size())) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
