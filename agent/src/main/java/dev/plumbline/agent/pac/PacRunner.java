package dev.plumbline.agent.pac;

import dev.plumbline.words.ScriptEnd;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs each script in a small process of its own, which is killed when its time has passed. */
public final class PacRunner {
    /** Of names, far more than are looked up for one script. */
    private static final int MOST_ASKED = 100_000;

    private static final PacOutcome SOMETHING_ELSE =
            PacOutcome.failed(ScriptEnd.NO_PROCESS, "the script's process answered something else");

    private final PacLimits limits;
    private final Duration start;

    /** @param start time that the process may take to begin */
    public PacRunner(PacLimits limits, Duration start) {
        this.limits = limits;
        this.start = start;
    }

    /** Always completes normally, at the latest when the time for the start and for the script has passed. */
    public CompletableFuture<PacOutcome> run(String script, List<PacQuestion> questions, PacHost host) {
        Process process;
        try {
            process = new ProcessBuilder(command())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return CompletableFuture.completedFuture(
                    PacOutcome.failed(ScriptEnd.NO_PROCESS, "no process to run the script in: " + e.getMessage()));
        }
        CompletableFuture<PacOutcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> outcome.complete(converse(process, script, questions, host)), "pac");
        thread.setDaemon(true);
        thread.start();
        Duration patience = limits.time().plus(start);
        CompletableFuture<PacOutcome> bounded = outcome.completeOnTimeout(
                PacOutcome.failed(ScriptEnd.ENDLESS, "the script did not end within " + patience.toMillis() + " ms"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        return bounded.whenComplete((any, none) -> process.destroyForcibly());
    }

    static List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:ReservedCodeCacheSize=16m",
                "-Xshare:auto",
                "-Xss2m",
                "-Xms6m",
                "-Xmn2m",
                "-Xmx48m"));
        // An archive of another Java is passed over; nothing may be said of it where the answer is expected.
        PacClassPath.archive()
                .ifPresent(archive -> command.addAll(
                        List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable", "-Xlog:all=error:stderr")));
        command.addAll(List.of("-cp", PacClassPath.find(), PacProcess.class.getName()));
        return command;
    }

    private PacOutcome converse(Process process, String script, List<PacQuestion> questions, PacHost host) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
                DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            PacProcess.send(out, limits, script, host, questions);
            return answer(in, out, questions.size(), host);
        } catch (IOException ended) {
            return PacOutcome.failed(ScriptEnd.NO_PROCESS, "the script ended the process that it ran in");
        }
    }

    /**
     * What the process says, which a script may have taken over: names that it asks for are answered, until it says how the
     * script ended.
     *
     * @throws IOException when it ends before
     */
    static PacOutcome answer(DataInputStream in, DataOutputStream out, int questions, PacHost host) throws IOException {
        int said = in.readUnsignedByte();
        for (int asked = 0; said == PacProcess.ASKS_NAME && asked < MOST_ASKED; asked++) {
            out.writeUTF(host.resolve(in.readUTF()).orElse(""));
            out.flush();
            said = in.readUnsignedByte();
        }
        ScriptEnd end = ScriptEnd.ofNumber(in.readInt());
        String problem = in.readUTF();
        int count = in.readInt();
        boolean answered = end == ScriptEnd.ANSWERED;
        if (said != PacProcess.ANSWERS || answered != problem.isEmpty() || count != (answered ? questions : 0)) {
            return SOMETHING_ELSE;
        }
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String answer = in.readUTF();
            if (answer.length() > PacEngine.MAX_ANSWER) {
                return SOMETHING_ELSE;
            }
            answers.add(answer);
        }
        return new PacOutcome(answers, end, problem.substring(0, Math.min(problem.length(), PacEngine.MAX_PROBLEM)));
    }
}
