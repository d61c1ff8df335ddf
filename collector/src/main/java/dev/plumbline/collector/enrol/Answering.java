package dev.plumbline.collector.enrol;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.slf4j.Logger;

/** Turns what a question comes to into an answer or a status. */
final class Answering {
    private Answering() {}

    interface Question<T> {
        T ask() throws Refusal;
    }

    static <T> void answer(StreamObserver<T> to, Logger log, Question<T> question) {
        T answer;
        try {
            answer = question.ask();
        } catch (Refusal e) {
            to.onError(e.status().asRuntimeException());
            return;
        } catch (EnrolmentFileException e) {
            log.error("a question stays without an answer: {}", e.getMessage(), e);
            to.onError(Status.UNAVAILABLE.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }

    static Refusal noEnrolment() {
        return Refusal.notNow(
                "this collector enrols nobody: its collector.yaml has no section enrolment, which names the"
                        + " authority's certificate and key");
    }
}
