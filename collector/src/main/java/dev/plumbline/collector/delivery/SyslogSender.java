package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.SyslogMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sends to a log server. None of its ways has an answer: what was handed to the network, and over TLS was not objected to, counts as
 * delivered.
 */
final class SyslogSender implements Sender {
    private static final int HEARING_MILLIS = 2_000;
    private static final int MOST_HEARD = 1_024;

    private final Target.Syslog target;
    private final String host;
    private final ScheduledExecutorService timer;
    private final int patienceSeconds;
    private volatile @Nullable Socket current;

    /** @param host that messages are said to come from */
    SyslogSender(Target.Syslog target, String host, ScheduledExecutorService timer, int patienceSeconds) {
        this.target = target;
        this.host = host;
        this.timer = timer;
        this.patienceSeconds = patienceSeconds;
    }

    @Override
    public Outcome send(Alert alert, Instant now) {
        return switch (target.transport()) {
            case UDP -> datagram(SyslogMessage.of(alert, host, target.facility(), SyslogMessage.LONGEST_DATAGRAM));
            case TCP, TLS ->
                frame(SyslogMessage.framed(
                        SyslogMessage.of(alert, host, target.facility(), SyslogMessage.LONGEST_FRAME)));
        };
    }

    private Outcome datagram(byte[] message) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(
                    message,
                    message.length,
                    new InetSocketAddress(InetAddress.getByName(target.host()), target.port())));
            return Outcome.delivered("a datagram was sent, which nobody confirms");
        } catch (IOException e) {
            return Outcome.nobody("no datagram could be sent: " + Heard.of(e));
        }
    }

    /** A connection for each: one that the other side gave up takes what is written to it, and drops it. */
    private Outcome frame(byte[] frame) {
        try (Socket plain = new Socket();
                Deadline deadline = new Deadline(timer, patienceSeconds, plain)) {
            current = plain;
            try {
                plain.connect(new InetSocketAddress(target.host(), target.port()), patienceSeconds * 500);
                try (Socket socket = target.transport() == Target.Syslog.Transport.TLS
                        ? Tls.over(plain, target.host(), target.port(), target.trust())
                        : plain) {
                    socket.getOutputStream().write(frame);
                    socket.getOutputStream().flush();
                    if (socket instanceof SSLSocket secured) {
                        hearOut(secured);
                    }
                }
                return Outcome.delivered("it was written, which nobody confirms");
            } catch (IOException e) {
                return Outcome.nobody(
                        deadline.isOver()
                                ? "the log server did not take it in " + patienceSeconds + " s"
                                : "the log server could not be written to: " + Heard.of(e));
            }
        } catch (IOException e) {
            return Outcome.nobody("the connection could not be closed: " + Heard.of(e));
        } finally {
            current = null;
        }
    }

    /**
     * In TLS 1.3 a server says after the handshake, and after what was written, that it wants another certificate or none at all
     * (RFC 8446 section 4.4.2.4): whoever hangs up at once never hears of it. A server that says nothing has nothing against it.
     */
    private static void hearOut(SSLSocket socket) throws IOException {
        if (!socket.getSession().getProtocol().equals("TLSv1.3")) {
            return;
        }
        socket.setSoTimeout(HEARING_MILLIS);
        socket.shutdownOutput();
        try {
            socket.getInputStream().readNBytes(MOST_HEARD);
        } catch (SocketTimeoutException e) {
            // It neither refuses nor hangs up.
        }
    }

    @Override
    public void close() {
        SocketClosing.close(current);
    }
}
