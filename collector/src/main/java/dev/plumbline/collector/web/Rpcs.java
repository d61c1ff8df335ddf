package dev.plumbline.collector.web;

import com.google.protobuf.Timestamp;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Permissions;
import dev.plumbline.collector.people.Admittance;
import dev.plumbline.collector.query.Overview;
import dev.plumbline.collector.query.QueryService;
import dev.plumbline.v1.QueryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the collector's services as whoever is signed in, who may ask what stands in {@link Permissions}. Any thread that may wait. */
final class Rpcs {
    private final Map<String, ServerMethodDefinition<?, ?>> methods = new HashMap<>();
    private final QueryService queries;
    private final Admittance admittance;

    Rpcs(QueryService queries, List<BindableService> services, Admittance admittance) {
        this.queries = queries;
        this.admittance = admittance;
        services.forEach(s -> s.bindService()
                .getMethods()
                .forEach(m -> methods.put(m.getMethodDescriptor().getFullMethodName(), m)));
    }

    /**
     * The one answer.
     *
     * @throws StatusRuntimeException as the service ends with it
     */
    <Q, A> A ask(Asker asker, MethodDescriptor<Q, A> rpc, Q question) {
        return all(asker, rpc, question).get(0);
    }

    /** @throws StatusRuntimeException when it is not for somebody */
    void require(Asker asker, MethodDescriptor<?, ?> rpc) {
        admittance
                .denial(asker, rpc.getFullMethodName(), Permissions.of(rpc.getFullMethodName()))
                .ifPresent(status -> {
                    throw status.asRuntimeException();
                });
    }

    /** The matrix with all around it, which comes in pages from the rpcs. */
    Overview overview(Asker asker, Optional<Timestamp> at) {
        require(asker, QueryServiceGrpc.getGetMatrixMethod());
        require(asker, QueryServiceGrpc.getListFindingsMethod());
        return queries.overview(asker, at);
    }

    /** All answers of one that ends by itself. */
    <Q, A> List<A> all(Asker asker, MethodDescriptor<Q, A> rpc, Q question) {
        require(asker, rpc);
        List<A> answers = new ArrayList<>();
        List<StatusRuntimeException> refusals = new ArrayList<>();
        LocalCall<Q, A> call = new LocalCall<>(method(rpc), answers::add, (status, trailers) -> {
            if (!status.isOk()) {
                refusals.add(refusal(status, trailers));
            }
        });
        call.begin(asker.in(Context.ROOT), question);
        if (!refusals.isEmpty()) {
            throw refusals.get(0);
        }
        return answers;
    }

    private static StatusRuntimeException refusal(Status status, Metadata trailers) {
        return status.asRuntimeException(trailers);
    }

    /** Begins one that tells until it is cancelled. */
    <Q, A> LocalCall<Q, A> begin(
            Asker asker, MethodDescriptor<Q, A> rpc, Q question, Consumer<A> answers, Consumer<Status> end) {
        LocalCall<Q, A> call = new LocalCall<>(method(rpc), answers, (status, trailers) -> end.accept(status));
        call.begin(asker.in(Context.ROOT), question);
        return call;
    }

    @SuppressWarnings("unchecked") // by its own name
    private <Q, A> ServerMethodDefinition<Q, A> method(MethodDescriptor<Q, A> rpc) {
        ServerMethodDefinition<?, ?> method = methods.get(rpc.getFullMethodName());
        if (method == null) {
            throw new IllegalStateException(rpc.getFullMethodName() + " is not among the services that pages ask");
        }
        return (ServerMethodDefinition<Q, A>) method;
    }
}
