package dev.plumbline.collector.query;

import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.round.VerifyNow;
import dev.plumbline.collector.store.StoreException;
import dev.plumbline.v1.ExplainTargetRequest;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.GetMatrixRequest;
import dev.plumbline.v1.GetMatrixResponse;
import dev.plumbline.v1.GetRemedyRequest;
import dev.plumbline.v1.GetRemedyResponse;
import dev.plumbline.v1.ListFindingsRequest;
import dev.plumbline.v1.ListFindingsResponse;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.ListSegmentsResponse;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.VerifyNowRequest;
import dev.plumbline.v1.VerifyNowResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query contract over gRPC. Who may ask is the port's business, not this class's; of which segments is {@link Asker}'s. */
public final class QueryService extends QueryServiceGrpc.QueryServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(QueryService.class);

    private final Answers answers;
    private final VerifyNow verifyNow;

    public QueryService(Answers answers, VerifyNow verifyNow) {
        this.answers = answers;
        this.verifyNow = verifyNow;
    }

    @Override
    public void listSegments(ListSegmentsRequest request, StreamObserver<ListSegmentsResponse> to) {
        answer(
                to,
                () -> ListSegmentsResponse.newBuilder()
                        .addAllSegments(forAsker().segments())
                        .setSiteId(answers.siteId())
                        .setEdition(answers.edition())
                        .build());
    }

    @Override
    public void getMatrix(GetMatrixRequest request, StreamObserver<GetMatrixResponse> to) {
        answer(
                to,
                () -> GetMatrixResponse.newBuilder()
                        .addAllCells(forAsker().matrix(request.getSegment()))
                        .build());
    }

    @Override
    public void listFindings(ListFindingsRequest request, StreamObserver<ListFindingsResponse> to) {
        answer(
                to,
                () -> ListFindingsResponse.newBuilder()
                        .addAllFindings(forAsker().findings(request.getIncludeClosed(), request.getPlace()))
                        .build());
    }

    @Override
    public void explainTarget(ExplainTargetRequest request, StreamObserver<ExplainTargetResponse> to) {
        answer(to, () -> forAsker().explain(request.getSegment(), request.getTargetId()));
    }

    @Override
    public void getRemedy(GetRemedyRequest request, StreamObserver<GetRemedyResponse> to) {
        answer(to, () -> forAsker().remedy(request.getFindingId(), request.getDialect()));
    }

    @Override
    public void verifyNow(VerifyNowRequest request, StreamObserver<VerifyNowResponse> to) {
        ServerCallStreamObserver<VerifyNowResponse> call = (ServerCallStreamObserver<VerifyNowResponse>) to;
        Verification verification = new Verification(answers, call);
        call.setOnCancelHandler(() -> verifyNow.leave(verification));
        verifyNow.watch(verification);
    }

    private WithinPurview forAsker() {
        return new WithinPurview(answers, Asker.current().purview());
    }

    private interface Question<T> {
        T ask() throws Refusal;
    }

    private static <T> void answer(StreamObserver<T> to, Question<T> question) {
        T answer;
        try {
            answer = question.ask();
        } catch (Refusal e) {
            to.onError(e.status().asRuntimeException());
            return;
        } catch (StoreException e) {
            LOG.error("a question stays without an answer: {}", e.getMessage(), e);
            to.onError(Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }
}
