package dev.plumbline.deploy.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Servers on loopback that write down from which address they were spoken to, and say nothing of use. */
final class Peers implements AutoCloseable {
    private final ServerSocket tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ServerSocket hold = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket dns = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Set<String> tcpPeers = ConcurrentHashMap.newKeySet();
    private final Set<String> holdPeers = ConcurrentHashMap.newKeySet();
    private final Set<String> udpPeers = ConcurrentHashMap.newKeySet();
    private final Set<String> dnsPeers = ConcurrentHashMap.newKeySet();

    Peers() throws IOException {
        start(() -> accept(tcp, tcpPeers));
        start(() -> accept(hold, holdPeers));
        start(() -> receive(udp, udpPeers, false));
        start(() -> receive(dns, dnsPeers, true));
    }

    private static void start(Runnable server) {
        Thread thread = new Thread(server, "peers");
        thread.setDaemon(true);
        thread.start();
    }

    private static void accept(ServerSocket server, Set<String> peers) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                peers.add(socket.getInetAddress().getHostAddress());
            } catch (IOException gone) {
                // The peer left, or the test ends.
            }
        }
    }

    private static void receive(DatagramSocket socket, Set<String> peers, boolean denying) {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                peers.add(packet.getAddress().getHostAddress());
                if (denying) {
                    // The question itself as an answer: QR, and NXDOMAIN (RFC 1035 section 4.1.1).
                    packet.getData()[2] |= (byte) 0x80;
                    packet.getData()[3] = (byte) 0x83;
                    socket.send(packet);
                }
                packet.setLength(1500);
            } catch (IOException gone) {
                // The peer left, or the test ends.
            }
        }
    }

    int tcpPort() {
        return tcp.getLocalPort();
    }

    int holdPort() {
        return hold.getLocalPort();
    }

    int udpPort() {
        return udp.getLocalPort();
    }

    int dnsPort() {
        return dns.getLocalPort();
    }

    Set<String> tcp() {
        return Set.copyOf(tcpPeers);
    }

    Set<String> held() {
        return Set.copyOf(holdPeers);
    }

    Set<String> udp() {
        return Set.copyOf(udpPeers);
    }

    Set<String> dns() {
        return Set.copyOf(dnsPeers);
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        hold.close();
        udp.close();
        dns.close();
    }
}
