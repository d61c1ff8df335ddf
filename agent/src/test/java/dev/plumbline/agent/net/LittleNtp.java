package dev.plumbline.agent.net;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A time server on loopback that answers every packet of 48 bytes, rightly or not. */
public final class LittleNtp implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final boolean repeatsOriginate;
    private final int stratum;

    public LittleNtp(boolean repeatsOriginate, int stratum) throws IOException {
        this.repeatsOriginate = repeatsOriginate;
        this.stratum = stratum;
        Thread thread = new Thread(this::serve, "little-ntp");
        thread.setDaemon(true);
        thread.start();
    }

    public InetSocketAddress socketAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        byte[] buffer = new byte[128];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                long transmit = ByteBuffer.wrap(buffer).getLong(40);
                ByteBuffer reply = ByteBuffer.allocate(48);
                reply.put(0, (byte) 0x24).put(1, (byte) stratum);
                reply.putLong(24, repeatsOriginate ? transmit : ~transmit);
                socket.send(new DatagramPacket(reply.array(), 48, packet.getSocketAddress()));
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
