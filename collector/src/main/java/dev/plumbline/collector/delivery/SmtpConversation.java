package dev.plumbline.collector.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One mail handed over (RFC 5321), with STARTTLS (RFC 3207), TLS at once (RFC 8314), and AUTH PLAIN or LOGIN (RFC 4954).
 *
 * <p>Of the house's own, since what is needed is small and has to end in time: the libraries for it bound each read, not a
 * conversation with a server that answers a byte now and then, and bring a mail store and a parser of foreign mails with them.
 */
final class SmtpConversation {
    /** RFC 5321 section 4.5.3.1.5 has 512. */
    private static final int LONGEST_LINE = 2_048;

    private static final int MOST_LINES = 100;

    private final Target.Email target;
    private final List<String> leftOver;
    private final Optional<String> password;
    private final String mail;
    private final String domain;
    private final Runnable verdictIsDue;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();

    /**
     * @param leftOver for whom alone the mail is; empty = for all
     * @param verdictIsDue run when the mail is written and the server is to say whether it takes it
     */
    SmtpConversation(
            Target.Email target,
            List<String> leftOver,
            Optional<String> password,
            String mail,
            String domain,
            Runnable verdictIsDue) {
        this.target = target;
        this.leftOver = leftOver;
        this.password = password;
        this.mail = mail;
        this.domain = domain;
        this.verdictIsDue = verdictIsDue;
    }

    /** What a server answers: its code, and what it says in each line. */
    private record Reply(int code, List<String> lines) {
        boolean isPositive() {
            return code >= 200 && code < 400;
        }

        boolean isForEver() {
            return code >= 500;
        }

        /** Of EHLO: the words behind a keyword; empty where the server does not have it. */
        Optional<List<String>> extension(String keyword) {
            return lines.stream()
                    .skip(1)
                    .map(l -> List.of(l.toUpperCase(Locale.ROOT).split("[ =]", -1)))
                    .filter(w -> w.get(0).equals(keyword))
                    .findFirst();
        }

        @Override
        public String toString() {
            return code + " " + Heard.of(String.join(" ", lines));
        }
    }

    Outcome hold(Socket connected) throws IOException {
        Socket socket = connected;
        if (target.security() == Target.Email.Security.TLS) {
            socket = Tls.over(connected, target.host(), target.port(), target.trust());
        }
        use(socket);
        Reply greeting = read();
        if (greeting.code() != 220) {
            return Outcome.nobody("the server greeted by " + greeting);
        }
        Reply hello = say("EHLO " + domain);
        if (!hello.isPositive()) {
            return Outcome.nobody("the server answered EHLO by " + hello);
        }
        if (target.security() == Target.Email.Security.STARTTLS) {
            if (hello.extension("STARTTLS").isEmpty()) {
                return Outcome.nobody(
                        "the server offers no STARTTLS, and nothing was shown to it; let it offer that, or write security: tls");
            }
            Reply ready = say("STARTTLS");
            if (ready.code() != 220) {
                return Outcome.nobody("the server answered STARTTLS by " + ready);
            }
            // What came before the handshake may be somebody else's: the buffer with it is left behind.
            use(Tls.over(connected, target.host(), target.port(), target.trust()));
            hello = say("EHLO " + domain);
            if (!hello.isPositive()) {
                return Outcome.nobody("the server answered EHLO by " + hello);
            }
        }
        if (target.login().isPresent()) {
            Reply known = login(hello, target.login().get().user());
            if (!known.isPositive()) {
                return Outcome.nobody("the server did not take user and password: " + known);
            }
        }
        Outcome outcome = handOver();
        if (outcome.kind() == Outcome.Kind.DELIVERED || outcome.kind() == Outcome.Kind.PARTLY) {
            leave();
        }
        return outcome;
    }

    private void use(Socket socket) throws IOException {
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private Reply login(Reply hello, String user) throws IOException {
        List<String> ways = hello.extension("AUTH").orElse(List.of());
        String secret = password.orElseThrow();
        if (ways.contains("PLAIN")) {
            return say("AUTH PLAIN " + base64("\0" + user + "\0" + secret));
        }
        if (ways.contains("LOGIN")) {
            Reply asked = say("AUTH LOGIN");
            asked = asked.isPositive() ? say(base64(user)) : asked;
            return asked.isPositive() ? say(base64(secret)) : asked;
        }
        return new Reply(504, List.of("it offers neither AUTH PLAIN nor LOGIN: " + Heard.of(String.join(" ", ways))));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Outcome handOver() throws IOException {
        Reply from = say("MAIL FROM:<" + target.from() + ">");
        if (!from.isPositive()) {
            return notYet(from, "the server does not take mail from " + target.from());
        }
        List<String> recipients = leftOver.isEmpty() ? target.to() : leftOver;
        List<String> later = new ArrayList<>();
        List<String> not = new ArrayList<>();
        for (String to : recipients) {
            Reply taken = say("RCPT TO:<" + to + ">");
            if (!taken.isPositive()) {
                not.add(to + " (" + taken + ")");
                if (!taken.isForEver()) {
                    later.add(to);
                }
            }
        }
        if (not.size() == recipients.size()) {
            return toNobody(later, "the server takes mail for nobody of " + String.join(", ", not));
        }
        Reply ready = say("DATA");
        if (ready.code() != 354) {
            return notYet(ready, "the server does not take the mail");
        }
        // A line of one dot would end it (RFC 5321 section 4.5.2).
        out.write(mail.replaceAll("(?m)^\\.", "..").getBytes(StandardCharsets.US_ASCII));
        verdictIsDue.run();
        Reply taken = say(".");
        if (!taken.isPositive()) {
            String said = "the server did not take the mail: " + taken;
            return taken.isForEver() ? Outcome.refused(said) : Outcome.again(said);
        }
        String said = "the server took it (" + taken + ")";
        return not.isEmpty()
                ? Outcome.delivered(said)
                : Outcome.partly(said + ", but not for " + String.join(", ", not), later);
    }

    /** Whoever is left over and never taken holds up nobody; where nobody at all is taken, somebody has to mend that. */
    private Outcome toNobody(List<String> later, String said) {
        if (!later.isEmpty()) {
            return Outcome.again(said);
        }
        return leftOver.isEmpty() ? Outcome.nobody(said) : Outcome.partly(said, List.of());
    }

    /**
     * Before the server has seen the mail, what it does not take is the sender, the recipient, or this host: that is somebody's to mend,
     * and no other mail would fare better (550 and 554 for relaying, 530 for a login that is demanded).
     */
    private static Outcome notYet(Reply reply, String sentence) {
        String said = sentence + ": " + reply;
        return reply.isForEver() ? Outcome.nobody(said) : Outcome.again(said);
    }

    /** It is the server's already: what becomes of the farewell changes nothing. */
    private void leave() {
        try {
            say("QUIT");
        } catch (IOException e) {
            // The mail was taken.
        }
    }

    private Reply say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return read();
    }

    private Reply read() throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MOST_LINES) {
            String line = line();
            // Not a dot, for which a byte of 0x85, as in UTF-8's Å, would end the line.
            if (!line.matches("[2-5]\\d\\d([ -][^\\r\\n]*)?")) {
                throw new IOException("this is no answer of a mail server: " + Heard.of(line));
            }
            lines.add(line.length() > 4 ? line.substring(4) : "");
            if (line.length() < 4 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), lines);
            }
        }
        throw new IOException("an answer of more than " + MOST_LINES + " lines");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException(
                        "the server hung up" + (line.length() == 0 ? "" : " after " + Heard.of(line.toString())));
            }
            if (line.length() >= LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
