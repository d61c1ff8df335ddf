package dev.plumbline.collector.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server for one client at a time: it keeps what was said and the mails, and answers some commands as it is told. */
final class LittleMailServer implements AutoCloseable {
    private final ServerSocket listening;
    private final SSLContext tls;
    private final boolean isTlsAtOnce;
    private final String extensions;
    private final Map<String, String> answers;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "mail server");

    /**
     * @param extensions lines of EHLO, separated by commas
     * @param answers by how a command begins; {@code drip} = a byte a second, without an end
     */
    LittleMailServer(SSLContext tls, boolean isTlsAtOnce, String extensions, Map<String, String> answers)
            throws IOException {
        this.tls = tls;
        this.isTlsAtOnce = isTlsAtOnce;
        this.extensions = extensions;
        this.answers = answers;
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    List<String> said() {
        return said;
    }

    BlockingQueue<String> mails() {
        return mails;
    }

    private void run() {
        while (!listening.isClosed()) {
            try (Socket plain = listening.accept()) {
                talk(isTlsAtOnce ? secured(plain) : plain, true);
            } catch (IOException | InterruptedException e) {
                // The client went, or the test is over.
            }
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    private void talk(Socket socket, boolean isGreeted) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = socket.getOutputStream();
        if (isGreeted) {
            answer(out, answers.getOrDefault("greeting", "220 mail.campus.example ESMTP"));
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            String command = line;
            String told = answers.entrySet().stream()
                    .filter(a -> command.startsWith(a.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            if (!told.isEmpty()) {
                answer(out, told);
            } else if (line.startsWith("EHLO")) {
                answer(out, "250-mail.campus.example");
                for (String extension : extensions.split(",", -1)) {
                    answer(out, "250-" + extension);
                }
                answer(out, "250 SIZE 1000000");
            } else if (line.equals("STARTTLS")) {
                answer(out, "220 go ahead");
                talk(secured(socket), false);
                return;
            } else if (line.equals("DATA")) {
                answer(out, "354 go on");
                mails.add(mail(in));
                answer(out, answers.getOrDefault("mail", "250 queued as 4711"));
            } else if (line.startsWith("AUTH LOGIN")) {
                answer(out, "334 VXNlcm5hbWU6");
                said.add(in.readLine());
                answer(out, "334 UGFzc3dvcmQ6");
                said.add(in.readLine());
                answer(out, "235 welcome");
            } else if (line.startsWith("AUTH")) {
                answer(out, "235 welcome");
            } else if (line.equals("QUIT")) {
                answer(out, "221 bye");
                return;
            } else {
                answer(out, "250 ok");
            }
        }
    }

    private static String mail(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
        }
        return mail.toString();
    }

    private static void answer(OutputStream out, String line) throws IOException, InterruptedException {
        if (line.equals("drip")) {
            while (true) {
                out.write('2');
                out.flush();
                Thread.sleep(200);
            }
        }
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        thread.interrupt();
    }
}
