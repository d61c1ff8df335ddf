package dev.plumbline.agent.hostile;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A hostile resolver at work, on one port by UDP and TCP. */
public final class HostileResolver implements HostileServer {
    private static final int TRIES = 100;

    private final HostileNames manner;
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final AtomicLong written = new AtomicLong();

    private HostileResolver(HostileNames manner, DatagramSocket udp, ServerSocket tcp) {
        this.manner = manner;
        this.udp = udp;
        this.tcp = tcp;
    }

    public static HostileResolver open(HostileNames manner) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            try {
                HostileResolver resolver = new HostileResolver(
                        manner, udp, new ServerSocket(udp.getLocalPort(), 50, InetAddress.getLoopbackAddress()));
                start(resolver::serveUdp);
                start(resolver::serveTcp);
                return resolver;
            } catch (BindException taken) {
                udp.close();
            }
        }
        throw new IOException("no port was free on both transports");
    }

    private static void start(Runnable server) {
        Thread thread = new Thread(server, "hostile-resolver");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() {
        byte[] buffer = new byte[1500];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] question = Arrays.copyOf(buffer, packet.getLength());
                for (byte[] answer : manner.datagrams().to(question)) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException gone) {
                // The client may be gone already, which its host says by ICMP.
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] question = in.readNBytes(in.readUnsignedShort());
                manner.stream().play(new Wire(socket, written), question);
            } catch (IOException gone) {
                // The client may leave when it has heard enough.
            }
        }
    }

    @Override
    public InetSocketAddress socketAddress() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    @Override
    public long written() {
        return written.get();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
