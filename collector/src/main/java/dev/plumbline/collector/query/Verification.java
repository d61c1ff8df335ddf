package dev.plumbline.collector.query;

import dev.plumbline.collector.round.VerifyNow;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.v1.SegmentProgress;
import dev.plumbline.v1.VerifyNowResponse;
import dev.plumbline.v1.VerifyProgress;
import dev.plumbline.v1.VerifyVerdict;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;

/** One caller of verify-now: progress while there is room on the wire, then the verdict. */
final class Verification implements VerifyNow.Watcher {
    private final Answers answers;
    private final ServerCallStreamObserver<VerifyNowResponse> call;

    Verification(Answers answers, ServerCallStreamObserver<VerifyNowResponse> call) {
        this.answers = answers;
        this.call = call;
    }

    @Override
    public void progress(List<VerifyNow.Progress> agents) {
        if (call.isCancelled() || !call.isReady()) {
            return;
        }
        VerifyProgress.Builder progress = VerifyProgress.newBuilder();
        for (VerifyNow.Progress agent : agents) {
            progress.addSegments(SegmentProgress.newBuilder()
                    .setSegment(agent.agent().segment().value())
                    .setAgent(agent.agent().name())
                    .setDone(agent.done())
                    .setTotal(agent.total())
                    .setFinished(agent.isFinished()));
        }
        call.onNext(VerifyNowResponse.newBuilder().setProgress(progress).build());
    }

    @Override
    public void ended(VerifyNow.Outcome outcome) {
        if (call.isCancelled()) {
            return;
        }
        try {
            call.onNext(VerifyNowResponse.newBuilder()
                    .setVerdict(VerifyVerdict.newBuilder()
                            .setRound(outcome.round())
                            .addAllFindings(answers.findings(false, ""))
                            .addAllSegments(answers.segments())
                            .setElapsedMillis(outcome.elapsed().toMillis()))
                    .build());
            call.onCompleted();
        } catch (StoreException e) {
            call.onError(Refusal.unavailable(String.valueOf(e.getMessage())).asException());
        } catch (Refusal e) {
            call.onError(e.asException());
        }
    }

    @Override
    public void failed(long round) {
        if (!call.isCancelled()) {
            call.onError(Refusal.failed("round " + round + " could not be judged; the collector's log says why")
                    .asException());
        }
    }
}
