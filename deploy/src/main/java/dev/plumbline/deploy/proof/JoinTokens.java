package dev.plumbline.deploy.proof;

import dev.plumbline.identity.JoinToken;
import dev.plumbline.words.Bytes;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Join tokens: the first use makes an agent, a second one, one after its time, one taken back and a guessed one make none. */
final class JoinTokens implements Row {
    @Override
    public String id() {
        return "tokens";
    }

    @Override
    public Outcome run(Ground ground) throws Trouble, InterruptedException {
        Account account = new Account();
        House house = ground.house();
        Invitations invitations = house.invitations();
        house.whileHonestIsServed(account, () -> {
            join(ground, house, invitations.usual(), "first").expecting(0, "plumbline-agent join");
            refused(ground, house, invitations.usual(), "second", account);
            refused(ground, house, invitations.takenBack(), "taken-back", account);
            JoinToken right = JoinToken.parse(invitations.usual());
            refused(
                    ground,
                    house,
                    new JoinToken(right.addresses(), right.authority(), right.collector(), Bytes.of(new byte[32]))
                            .text(),
                    "guessed",
                    account);
            ground.progress("tokens: waiting until a token's minute is over");
            invitations.awaitEnd();
            refused(ground, house, invitations.brief(), "late", account);
        });
        String audit = house.site().plumbline("audit").out();
        account.require(audit.contains("JOIN_REFUSED"), "plumbline audit does not tell of the refusals");
        account.sent(
                "plumbline-agent join with a token twice, with one that was taken back, with a guessed one, and with one"
                        + " a minute after it was made (--ttl 1m)");
        account.happened("the first made an agent, every other heard that the token opens nothing, and left no folder");
        return account.outcome();
    }

    private static Programs.Ran join(Ground ground, House house, String token, String name)
            throws Trouble, InterruptedException {
        return ground.programs()
                .run(
                        house.site().folder(),
                        Map.of(),
                        "plumbline-agent",
                        List.of("join", token, "--dir", "joined-" + name, "--name", name));
    }

    private static void refused(Ground ground, House house, String token, String name, Account account)
            throws Trouble, InterruptedException {
        Programs.Ran ran = join(ground, house, token, name);
        account.require(
                ran.exitCode() == 2 && ran.err().contains("this token opens nothing"),
                "join " + name + " ended with " + ran.exitCode() + ": " + ran.words());
        account.require(
                !Files.exists(house.site().folder().resolve("joined-" + name)), "join " + name + " left a folder");
    }
}
