package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.Alert;
import dev.plumbline.collector.alert.MailMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Hands mails to a server that takes them for others (RFC 6409), one connection for each. */
final class SmtpSender implements Sender {
    /** A server that looks up who calls, or greets late on purpose, takes its time (RFC 5321 section 4.5.3.2). */
    private static final int CONVERSATION_SECONDS = 300;

    /** Whoever hangs up while the server looks for viruses gets the mail delivered, and sends it again (section 4.5.3.2.6). */
    private static final int VERDICT_SECONDS = 600;

    private final Target.Email target;
    private final ScheduledExecutorService timer;
    private final int conversationSeconds;
    private final int verdictSeconds;
    private volatile @Nullable Socket current;
    private volatile boolean isClosed;

    private SmtpSender(
            Target.Email target, ScheduledExecutorService timer, int conversationSeconds, int verdictSeconds) {
        this.target = target;
        this.timer = timer;
        this.conversationSeconds = conversationSeconds;
        this.verdictSeconds = verdictSeconds;
    }

    /** With as much patience as the protocol asks for. */
    static SmtpSender patient(Target.Email target, ScheduledExecutorService timer) {
        return new SmtpSender(target, timer, CONVERSATION_SECONDS, VERDICT_SECONDS);
    }

    /**
     * For somebody who waits.
     *
     * @param seconds for the conversation, and as many again for the verdict about the mail
     */
    static SmtpSender hasty(Target.Email target, ScheduledExecutorService timer, int seconds) {
        return new SmtpSender(target, timer, seconds, seconds);
    }

    @Override
    public Outcome send(Alert alert, Instant now) throws InterruptedException {
        return send(List.of(), alert, now);
    }

    @Override
    public Outcome sendTo(List<String> leftOver, Alert alert, Instant now) throws InterruptedException {
        List<String> known = leftOver.stream().filter(target.to()::contains).toList();
        return known.isEmpty()
                ? Outcome.delivered("who was left over is configured no longer")
                : send(known, alert, now);
    }

    private Outcome send(List<String> leftOver, Alert alert, Instant now) throws InterruptedException {
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
                Deadline deadline = new Deadline(timer, conversationSeconds, socket)) {
            current = socket;
            if (isClosed) {
                throw new InterruptedException("the alerts are being closed");
            }
            SmtpConversation conversation = new SmtpConversation(
                    target, leftOver, password, mail, domain, () -> deadline.restart(verdictSeconds));
            try {
                int connecting = Math.min(conversationSeconds, PATIENCE_SECONDS) * 500;
                socket.connect(new InetSocketAddress(target.host(), target.port()), connecting);
                return conversation.hold(socket);
            } catch (IOException e) {
                return Outcome.nobody(
                        deadline.isOver()
                                ? "the server did not take it in " + deadline.seconds() + " s"
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
        isClosed = true;
        SocketClosing.close(current);
    }
}
