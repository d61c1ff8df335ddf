package dev.plumbline.deploy.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Peers that send a byte now and then and never end, before the handshake and, with a certificate, after it. */
final class SlowLoris implements Row {
    /** The first of a client's hello of 16 kB: the rest comes byte by byte. */
    private static final byte[] HELLO = {22, 3, 1, 0x40, 0, 1, 0, 0x3f, -4, 3, 3};

    /** The preface of HTTP/2 (RFC 9113 section 3.4) and the head of a frame of settings, whose 16 kB come byte by byte. */
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0?\u00fc\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int EVERY_MILLIS = 500;

    /** Ten seconds are given to a handshake. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    /** A ping after 30 s that is not answered for ten: whoever reads no ping is ended then. */
    private static final Duration MEMBER = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "slow-loris";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        int strangers = ground.size().of(200, 50);
        int members = ground.size().of(20, 0);
        Tls member = Tls.with(house.site().agent("wifi", "loris"));
        house.whileHonestIsServed(account, () -> {
            ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, strangers + members));
            try {
                List<Future<Duration>> outside = new ArrayList<>();
                List<Future<Duration>> inside = new ArrayList<>();
                for (int i = 0; i < strangers; i++) {
                    int number = i;
                    outside.add(threads.submit(() -> {
                        Socket socket = Tls.plain(house.site().port(), Loopback.of(60 + number % 40), EVERY_MILLIS);
                        return lasted(socket, HELLO, HANDSHAKE);
                    }));
                }
                for (int i = 0; i < members; i++) {
                    inside.add(threads.submit(() -> {
                        Socket socket = Tls.plain(house.site().port(), Loopback.of(101), 20_000);
                        Socket shaken = member.shaken(socket);
                        shaken.setSoTimeout(EVERY_MILLIS);
                        return lasted(shaken, PREFACE, MEMBER);
                    }));
                }
                say(account, strangers + " handshakes", outside, HANDSHAKE);
                if (members > 0) {
                    say(account, members + " connections with a certificate", inside, MEMBER);
                }
            } finally {
                threads.shutdownNow();
            }
        });
        account.sent(strangers + " handshakes at two bytes a second"
                + (members > 0
                        ? ", " + members + " agents that shake hands and then send a request at two bytes a second"
                        : ""));
        return account.outcome();
    }

    /** How long it stood; more than patience when the collector did not end it. */
    private static Duration lasted(Socket socket, byte[] first, Duration patience) {
        long began = System.nanoTime();
        try (socket) {
            OutputStream out = socket.getOutputStream();
            out.write(first);
            byte[] heard = new byte[1024];
            while (System.nanoTime() - began < patience.toNanos()) {
                out.write(0);
                out.flush();
                if (isOver(socket, heard)) {
                    break;
                }
            }
        } catch (IOException ended) {
            return Duration.ofNanos(System.nanoTime() - began);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Reads what comes until nothing came for a while; true at the end of the connection. */
    private static boolean isOver(Socket socket, byte[] heard) throws IOException {
        try {
            int read = socket.getInputStream().read(heard);
            while (read >= 0) {
                read = socket.getInputStream().read(heard);
            }
            return true;
        } catch (SocketTimeoutException stands) {
            return false;
        }
    }

    private static void say(Account account, String who, List<Future<Duration>> lasting, Duration patience)
            throws Trouble, InterruptedException {
        Duration longest = Duration.ZERO;
        int stood = 0;
        try {
            for (Future<Duration> one : lasting) {
                Duration lasted = one.get();
                longest = lasted.compareTo(longest) > 0 ? lasted : longest;
                stood += lasted.compareTo(patience) >= 0 ? 1 : 0;
            }
        } catch (ExecutionException e) {
            throw new Trouble("a slow peer could not be tried", e.getCause() == null ? e : e.getCause());
        }
        account.require(stood == 0, stood + " of " + who + " still stood after " + patience.toSeconds() + " s");
        account.happened("the longest of " + who + " was ended after " + longest.toMillis() / 1000.0 + " s");
    }
}
