package dev.plumbline.agent.pac;

import dev.plumbline.words.ScriptEnd;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The process that a script runs in: a script that is out for all memory takes nobody with it. Reads its task from
 * standard input, asks for names on standard output and reads their addresses, and answers there.
 */
final class PacProcess {
    static final int ASKS_NAME = 1;
    static final int ANSWERS = 2;
    private static final int GONE = 1;

    private PacProcess() {}

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(System.out));
        PacLimits limits = new PacLimits(in.readLong(), in.readLong(), Duration.ofMillis(in.readLong()));
        String script = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        String ownAddress = in.readUTF();
        ZonedDateTime now = ZonedDateTime.parse(in.readUTF());
        List<PacQuestion> questions = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            questions.add(new PacQuestion(in.readUTF(), in.readUTF()));
        }
        Parent parent = new Parent(out, ownAddress, now);
        parent.listen(in);
        answer(out, evaluate(limits, parent, script, questions));
    }

    /** Everything that a task needs, in the order in which it is read. */
    static void send(DataOutputStream out, PacLimits limits, String script, PacHost host, List<PacQuestion> questions)
            throws IOException {
        out.writeLong(limits.instructions());
        out.writeLong(limits.bytes());
        out.writeLong(limits.time().toMillis());
        byte[] text = script.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        out.writeUTF(host.ownAddress());
        out.writeUTF(host.now().toString());
        out.writeInt(questions.size());
        for (PacQuestion question : questions) {
            out.writeUTF(question.url());
            out.writeUTF(question.host());
        }
        out.flush();
    }

    private static PacOutcome evaluate(PacLimits limits, PacHost host, String script, List<PacQuestion> questions) {
        try {
            return new PacEngine(limits, host).evaluate(script, questions);
        } catch (OutOfMemoryError hoarder) {
            return PacOutcome.failed(ScriptEnd.HOARDING, "the script wants more memory than there is");
        }
    }

    private static void answer(DataOutputStream out, PacOutcome outcome) throws IOException {
        out.writeByte(ANSWERS);
        out.writeInt(outcome.end().number());
        out.writeUTF(outcome.problem());
        out.writeInt(outcome.answers().size());
        for (String answer : outcome.answers()) {
            out.writeUTF(answer);
        }
        out.flush();
    }

    /** The agent's end of both pipes. */
    private static final class Parent implements PacHost {
        private final BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
        private final DataOutputStream out;
        private final String ownAddress;
        private final ZonedDateTime now;

        Parent(DataOutputStream out, String ownAddress, ZonedDateTime now) {
            this.out = out;
            this.ownAddress = ownAddress;
            this.now = now;
        }

        /** An agent that is gone, however it ended, takes this process with it, whatever the script is busy with. */
        void listen(DataInputStream in) {
            Thread listening = new Thread(
                    () -> {
                        try {
                            while (true) {
                                addresses.add(in.readUTF());
                            }
                        } catch (IOException gone) {
                            Runtime.getRuntime().halt(GONE);
                        }
                    },
                    "parent");
            listening.setDaemon(true);
            listening.start();
        }

        @Override
        public Optional<String> resolve(String name) {
            try {
                out.writeByte(ASKS_NAME);
                out.writeUTF(name);
                out.flush();
                return Optional.of(addresses.take()).filter(address -> !address.isEmpty());
            } catch (IOException gone) {
                throw new UncheckedIOException("the agent is gone", gone);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts a script", e);
            }
        }

        @Override
        public String ownAddress() {
            return ownAddress;
        }

        @Override
        public ZonedDateTime now() {
            return now;
        }
    }
}
