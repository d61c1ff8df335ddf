package dev.plumbline.deploy.proof;

import java.time.Duration;

/**
 * Tokens for the rows about joining.
 *
 * @param brief ends a minute after it was made, the shortest time that the product gives
 * @param usual ends in an hour
 * @param takenBack the same, and was taken back
 * @param madeNanos when the brief one was made, by the monotonic clock
 */
record Invitations(String brief, String usual, String takenBack, long madeNanos) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    static Invitations ask(Site site) throws Trouble, InterruptedException {
        String usual = token(site.plumbline("invite", "--segment", "wifi"));
        Programs.Ran third = site.plumbline("invite", "--segment", "wifi");
        String id = third.words().replaceAll("(?s).*Invitation ([0-9a-f]+).*", "$1");
        site.plumbline("invite", "--revoke", id).expecting(0, "plumbline invite --revoke");
        String brief = token(site.plumbline("invite", "--segment", "wifi", "--ttl", "1m"));
        return new Invitations(brief, usual, token(third), System.nanoTime());
    }

    private static String token(Programs.Ran invited) throws Trouble {
        invited.expecting(0, "plumbline invite");
        return invited.out().lines().findFirst().orElse("").strip();
    }

    /** Waits until the brief one's time is over. */
    void awaitEnd() throws InterruptedException {
        long left = SHORTEST.plusSeconds(1).toNanos() - (System.nanoTime() - madeNanos);
        if (left > 0) {
            Thread.sleep(left / 1_000_000 + 1);
        }
    }
}
