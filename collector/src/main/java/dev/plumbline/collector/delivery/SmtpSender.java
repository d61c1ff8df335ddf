package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.MailMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Hands mails to a server that takes them for others (RFC 6409), one connection for each. */
final class SmtpSender implements Sender {
    private final Target.Email target;
    private final ScheduledExecutorService timer;
    private final int patienceSeconds;
    private volatile @Nullable Socket current;

    SmtpSender(Target.Email target, ScheduledExecutorService timer, int patienceSeconds) {
        this.target = target;
        this.timer = timer;
        this.patienceSeconds = patienceSeconds;
    }

    @Override
    public Outcome send(Alert alert, Instant now) {
        String domain = target.from().substring(target.from().indexOf('@') + 1);
        String mail = MailMessage.of(alert, target.from(), target.to(), domain, now);
        Optional<String> password;
        try {
            password = target.login().isPresent()
                    ? Optional.of(SecretFile.read(target.login().get().password()))
                    : Optional.empty();
        } catch (IOException e) {
            return Outcome.nobody(
                    "nothing was sent: " + target.login().orElseThrow().password() + ": " + e.getMessage());
        }
        try (Socket socket = new Socket();
                Deadline deadline = new Deadline(timer, patienceSeconds, socket)) {
            current = socket;
            try {
                socket.connect(new InetSocketAddress(target.host(), target.port()), patienceSeconds * 500);
                return new SmtpConversation(target, password, mail, domain).hold(socket);
            } catch (IOException e) {
                return Outcome.nobody(
                        deadline.isOver()
                                ? "the server did not take it in " + patienceSeconds + " s"
                                : "the server could not be spoken to: " + Heard.of(e));
            }
        } catch (IOException e) {
            return Outcome.nobody("the connection could not be closed: " + Heard.of(e));
        } finally {
            current = null;
        }
    }

    @Override
    public void close() {
        SocketClosing.close(current);
    }
}
