package dev.plumbline.collector.cli;

import dev.plumbline.v1.VerifyNowRequest;
import dev.plumbline.v1.VerifyNowResponse;
import dev.plumbline.v1.VerifyVerdict;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline verify-now}. */
@Command(
        name = "verify-now",
        description = "A whole round on every connected agent, now.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:The round was asked for; with --wait: every requirement is met",
            "1:With --wait: a requirement is broken",
            "2:Wrong usage or configuration",
            "3:With --wait: too little is known",
            "4:The collector cannot be reached",
            "70:An internal error"
        },
        mixinStandardHelpOptions = true)
final class VerifyNowCommand implements Callable<Integer> {
    /** Longer than any round on demand may take. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Surroundings surroundings;

    @Mixin
    private final CollectorOptions options = new CollectorOptions();

    @Option(names = "--wait", description = "until the verdict is in")
    private boolean wait;

    @Option(names = "--json", description = "for programs; with --wait")
    private boolean json;

    VerifyNowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Conversation conversation = new Conversation(surroundings, options);
        return conversation.hold(collector -> {
            Iterator<VerifyNowResponse> answers =
                    collector.patient(PATIENCE).verifyNow(VerifyNowRequest.getDefaultInstance());
            return wait ? waitFor(answers, conversation) : leave(answers);
        });
    }

    /** The first word of the collector says that the demand is under way. */
    private int leave(Iterator<VerifyNowResponse> answers) {
        VerifyNowResponse first = answers.next();
        surroundings
                .out()
                .println(
                        first.hasProgress()
                                ? "A round is under way on "
                                        + first.getProgress().getSegmentsCount()
                                        + " agents; plumbline findings shows what it finds."
                                : "No agent is connected: there is nobody to ask.");
        surroundings.out().flush();
        return ExitCode.OK;
    }

    private int waitFor(Iterator<VerifyNowResponse> answers, Conversation conversation) throws CommandFailure {
        Optional<VerifyVerdict> verdict = verdict(answers);
        if (verdict.isEmpty()) {
            throw new CommandFailure(ExitCode.INTERNAL, "the collector ended the round without a verdict");
        }
        if (json) {
            JsonAnswer.verdict(surroundings.out(), verdict.get());
        } else {
            conversation.print(text(verdict.get()));
        }
        return ExitCode.of(verdict.get());
    }

    private Optional<VerifyVerdict> verdict(Iterator<VerifyNowResponse> answers) {
        ProgressLine line = new ProgressLine(surroundings.err(), surroundings.terminal());
        try {
            while (answers.hasNext()) {
                VerifyNowResponse answer = answers.next();
                if (answer.hasVerdict()) {
                    return Optional.of(answer.getVerdict());
                }
                line.show(answer.getProgress());
            }
            return Optional.empty();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.CANCELLED) {
                return Optional.empty();
            }
            throw e;
        } finally {
            line.end();
        }
    }

    private List<String> text(VerifyVerdict verdict) {
        List<String> lines =
                new ArrayList<>(SegmentText.requirements(verdict.getSegmentsList(), surroundings.terminal()));
        lines.add("");
        lines.addAll(FindingText.all(verdict.getFindingsList(), surroundings.terminal()));
        lines.add("");
        lines.add(
                verdict.getRound() == 0
                        ? "No agent is connected: nothing was looked at."
                        : "Looked at just now, in " + verdict.getElapsedMillis() / 1000.0 + " s.");
        return lines;
    }
}
