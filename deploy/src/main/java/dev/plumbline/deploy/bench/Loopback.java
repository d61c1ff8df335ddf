package dev.plumbline.deploy.bench;

/** Many addresses of one host: a port leaves through one of them only so often a minute. */
final class Loopback {
    private static final int ADDRESSES = 200;

    private Loopback() {}

    static String address(int number) {
        return "127.7.1." + (1 + number % ADDRESSES);
    }
}
