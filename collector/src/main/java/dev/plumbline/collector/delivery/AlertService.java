package dev.plumbline.collector.delivery;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.plumbline.collector.alert.Alert;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.v1.AlertDelivery;
import dev.plumbline.v1.AlertReceiver;
import dev.plumbline.v1.AlertsGrpc;
import dev.plumbline.v1.ListAlertsRequest;
import dev.plumbline.v1.ListAlertsResponse;
import dev.plumbline.v1.ReceiverTest;
import dev.plumbline.v1.TestReceiversRequest;
import dev.plumbline.v1.TestReceiversResponse;
import dev.plumbline.wire.Fields;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts' contract over gRPC. Who may ask is the port's business. */
public final class AlertService extends AlertsGrpc.AlertsImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(AlertService.class);
    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    /** Each holds a thread and a connection for as long as a receiver lets it. */
    private static final int TESTS_AT_ONCE = 2;

    private final Optional<Alerts> alerts;
    private final Semaphore tests = new Semaphore(TESTS_AT_ONCE);

    /** @param alerts empty where none are configured */
    public AlertService(Optional<Alerts> alerts) {
        this.alerts = alerts;
    }

    /** What the receivers take; nothing where there are none. */
    public List<MetricSource> metrics() {
        return alerts.map(Alerts::metrics).stream().toList();
    }

    @Override
    public void listAlerts(ListAlertsRequest request, StreamObserver<ListAlertsResponse> to) {
        answer(to, () -> {
            Alerts all = configured();
            List<ReceiverSettings> receivers = receivers(all, request.getReceiver());
            if (request.getPageSize() < 0 || request.getPageSize() > LARGEST_PAGE) {
                throw refusal(
                        Code.INVALID_ARGUMENT,
                        "INVALID_PAGE_SIZE",
                        "page_size",
                        request.getPageSize() + " is not between 0 and " + LARGEST_PAGE);
            }
            int most = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
            Optional<String> one = Optional.of(request.getReceiver()).filter(r -> !r.isEmpty());
            return ListAlertsResponse.newBuilder()
                    .addAllReceivers(receivers.stream()
                            .map(r -> message(r, all.outbox()))
                            .toList())
                    .addAllDeliveries(all.outbox().list(one, most).stream()
                            .map(AlertService::message)
                            .toList())
                    .build();
        });
    }

    @Override
    public void testReceivers(TestReceiversRequest request, StreamObserver<TestReceiversResponse> to) {
        answer(to, () -> {
            Alerts all = configured();
            List<ReceiverSettings> receivers = receivers(all, request.getReceiver());
            if (!tests.tryAcquire()) {
                throw refusal(
                        Code.RESOURCE_EXHAUSTED,
                        "TOO_MANY",
                        "",
                        "other tests are under way; ask again when they ended");
            }
            try {
                return TestReceiversResponse.newBuilder()
                        .addAllTests(all.test(receivers).stream()
                                .map(AlertService::message)
                                .toList())
                        .build();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusal(Code.UNAVAILABLE, "CLOSING", "", "the collector is closing; ask again when it is back");
            } finally {
                tests.release();
            }
        });
    }

    private Alerts configured() {
        return alerts.orElseThrow(() -> refusal(
                Code.FAILED_PRECONDITION,
                "NO_ALERTS",
                "",
                "this collector tells nobody: its collector.yaml has no section alerts, which lists receivers"));
    }

    private static List<ReceiverSettings> receivers(Alerts alerts, String name) {
        List<ReceiverSettings> named = alerts.receivers().stream()
                .filter(r -> name.isEmpty() || r.name().equals(name))
                .toList();
        if (named.isEmpty() && !name.isEmpty()) {
            throw refusal(
                    Code.NOT_FOUND,
                    "UNKNOWN_RECEIVER",
                    "receiver",
                    "there is no receiver '" + name + "'; there are "
                            + alerts.receivers().stream()
                                    .map(ReceiverSettings::name)
                                    .collect(Collectors.joining(", ")));
        }
        return named;
    }

    private static AlertReceiver message(ReceiverSettings receiver, Outbox outbox) {
        AlertReceiver.Builder message = AlertReceiver.newBuilder()
                .setName(receiver.name())
                .setType(receiver.target().type())
                .setTo(receiver.target().shown())
                .setWaiting(outbox.waiting(receiver.name()))
                .setOpen(outbox.told(receiver.name()));
        outbox.quietSince(receiver.name()).ifPresent(since -> message.setQuietSince(Fields.timestamp(since)));
        return message.build();
    }

    private static AlertDelivery message(Delivery delivery) {
        Alert alert = delivery.alert();
        AlertDelivery.Builder message = AlertDelivery.newBuilder()
                .setReceiver(delivery.receiver())
                .setId(alert.id())
                .setKind(alert.kind().word())
                .setFindingId(alert.finding())
                .setSentence(alert.sentence())
                .setState(delivery.state().name())
                .setMadeAt(Fields.timestamp(delivery.madeAt()))
                .setTries(delivery.tries())
                .setSaid(delivery.said());
        if (delivery.state() == Delivery.State.WAITING && delivery.tries() > 0) {
            message.setNextTryAt(Fields.timestamp(delivery.nextAt()));
        }
        delivery.endedAt().ifPresent(at -> message.setEndedAt(Fields.timestamp(at)));
        return message.build();
    }

    private static ReceiverTest message(Alerts.Tested tested) {
        return ReceiverTest.newBuilder()
                .setReceiver(tested.receiver())
                .setDelivered(tested.outcome().kind() == Outcome.Kind.DELIVERED)
                .setSaid(tested.outcome().said())
                .setElapsedMillis(tested.elapsed().toMillis())
                .build();
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> void answer(StreamObserver<T> to, Question<T> question) {
        T answer;
        try {
            answer = question.ask();
        } catch (StatusRuntimeException e) {
            to.onError(e);
            return;
        } catch (OutboxException e) {
            LOG.error("a question stays without an answer: {}", e.getMessage(), e);
            to.onError(refusal(Code.UNAVAILABLE, "OUTBOX_FAILED", "", String.valueOf(e.getMessage())));
            return;
        }
        to.onNext(answer);
        to.onCompleted();
    }

    /** @param field of the request that it is about; may be empty */
    private static StatusRuntimeException refusal(Code code, String reason, String field, String sentence) {
        Status.Builder status = Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(sentence)
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain("plumbline")
                        .build()));
        if (!field.isEmpty()) {
            status.addDetails(Any.pack(BadRequest.newBuilder()
                    .addFieldViolations(BadRequest.FieldViolation.newBuilder()
                            .setField(field)
                            .setDescription(sentence)
                            .setReason(reason))
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }
}
