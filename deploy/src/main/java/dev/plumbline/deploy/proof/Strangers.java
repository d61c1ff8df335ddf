package dev.plumbline.deploy.proof;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Thousands of connections of whoever has no certificate, at both ports: they get nothing, and cost nobody his place. */
final class Strangers implements Row {
    private static final int THREADS = 16;
    private static final int MOST_IN_A_WAVE = 1_000;
    private static final int ADDRESSES = 40;
    private static final int PATIENCE_MILLIS = 30_000;

    /** What a stranger does with its connection. */
    private enum Manner {
        /** A whole handshake but for the certificate. */
        HANDSHAKE,
        NOISE,
        /** Stays until its wave is over. */
        SILENCE,
        RESET
    }

    private final AtomicLong told = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong standing = new AtomicLong();
    private final Tls tls = Tls.withoutCertificate();

    @Override
    public String id() {
        return "strangers";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        int total = ground.size().of(10_000, 1_000);
        int wave = Math.min(MOST_IN_A_WAVE, openFiles() / 4);
        long records = house.journal().records();
        house.whileHonestIsServed(account, () -> {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                for (int from = 0; from < total; from += wave) {
                    ground.progress("strangers: " + from + " of " + total + " connections");
                    play(house.site(), from, Math.min(total, from + wave), threads);
                }
            } finally {
                threads.shutdownNow();
            }
        });
        account.require(told.get() == 0, told + " bytes were told to somebody without a certificate");
        account.require(
                standing.get() == 0, standing + " connections still stood after " + PATIENCE_MILLIS / 1000 + " s");
        account.sent(total + " connections without a certificate in waves of " + wave
                + ", one in ten of them to the port for hosts that join: handshakes, noise, silence, resets");
        account.happened(refused + " were ended by the collector, and none was told a byte beyond TLS");
        account.require(house.journal().records() > records, "nothing of the honest agent was journalled meanwhile");
        return account.outcome();
    }

    private void play(Site site, int from, int to, ExecutorService threads) throws Trouble, InterruptedException {
        List<Future<Void>> played = new ArrayList<>();
        List<Socket> silent = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = from; i < to; i++) {
            int number = i;
            Callable<Void> one = () -> {
                connect(site, number, silent);
                return null;
            };
            played.add(threads.submit(one));
        }
        try {
            for (Future<Void> one : played) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new Trouble("a connection could not be tried", e.getCause() == null ? e : e.getCause());
        } finally {
            for (Socket socket : silent) {
                end(socket);
            }
        }
    }

    private void connect(Site site, int number, List<Socket> silent) throws IOException {
        int port = number % 10 == 9 ? site.enrolmentPort() : site.port();
        Socket socket;
        try {
            socket = Tls.plain(port, Loopback.of(number % ADDRESSES + 20), PATIENCE_MILLIS);
        } catch (IOException notLetIn) {
            refused.incrementAndGet();
            return;
        }
        Manner manner = Manner.values()[number / 10 % Manner.values().length];
        // The port for hosts that join shakes hands with everybody; there a byte beyond would be an answer to no
        // question.
        if (manner == Manner.SILENCE) {
            silent.add(socket);
            return;
        }
        try (socket) {
            switch (manner) {
                case HANDSHAKE -> {
                    if (port == site.port()) {
                        listen(tls.shaken(socket).getInputStream());
                    } else {
                        tls.shaken(socket);
                    }
                }
                case NOISE -> {
                    byte[] noise = new byte[512];
                    new Random(number).nextBytes(noise);
                    noise[0] = 'P';
                    socket.getOutputStream().write(noise);
                    await(socket.getInputStream());
                }
                case SILENCE, RESET -> socket.setSoLinger(true, 0);
            }
        } catch (SocketTimeoutException stands) {
            standing.incrementAndGet();
        } catch (IOException ended) {
            refused.incrementAndGet();
        }
    }

    /** What comes out of TLS is told; an end without a word is right. */
    private void listen(InputStream in) throws IOException {
        byte[] buffer = new byte[1024];
        int read = in.read(buffer);
        while (read >= 0) {
            told.addAndGet(read);
            read = in.read(buffer);
        }
        refused.incrementAndGet();
    }

    /** Below TLS the alert may come; only the end is waited for. */
    private void await(InputStream in) throws IOException {
        byte[] buffer = new byte[1024];
        int read = in.read(buffer);
        while (read >= 0) {
            read = in.read(buffer);
        }
        refused.incrementAndGet();
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone then.
        }
    }

    /** {@code ulimit -n}, which the collector has from us. */
    private static int openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(100_000, unix.getMaxFileDescriptorCount())
                : 1024;
    }
}
