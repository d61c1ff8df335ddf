package dev.plumbline.deploy.proof;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses of this host that lead nowhere else: on Linux all of 127.0.0.0/8 may be left from. */
final class Loopback {
    private static final boolean HAS_MANY =
            System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).contains("linux");

    private Loopback() {}

    /** Where the product listens, and honest agents come from. */
    static InetAddress home() {
        return of(0, 0, 1);
    }

    /** Another address for each number, as far as the platform has some. */
    static InetAddress of(int number) {
        return HAS_MANY ? of(9, 1 + number / 250 % 250, 1 + number % 250) : home();
    }

    private static InetAddress of(int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes make an address", e);
        }
    }
}
