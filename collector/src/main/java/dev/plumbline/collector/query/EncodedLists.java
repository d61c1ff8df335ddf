package dev.plumbline.collector.query;

import static io.grpc.stub.ServerCalls.asyncUnaryCall;

import dev.plumbline.v1.QueryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls.UnaryMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The query contract as ports of gRPC serve it: its long lists are handed over {@link Encoded}, all else as it is. */
final class EncodedLists implements BindableService {
    private final QueryService queries;

    EncodedLists(QueryService queries) {
        this.queries = queries;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition whole = queries.bindService();
        Map<String, ServerMethodDefinition<?, ?>> lists = List.of(
                        encoded(QueryServiceGrpc.getGetMatrixMethod(), queries::encodedMatrix),
                        encoded(QueryServiceGrpc.getListFindingsMethod(), queries::encodedFindings))
                .stream()
                .collect(Collectors.toMap(m -> m.getMethodDescriptor().getFullMethodName(), Function.identity()));
        List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
        whole.getMethods()
                .forEach(m ->
                        methods.add(lists.getOrDefault(m.getMethodDescriptor().getFullMethodName(), m)));
        ServiceDescriptor.Builder described = ServiceDescriptor.newBuilder(
                        whole.getServiceDescriptor().getName())
                .setSchemaDescriptor(whole.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(m -> described.addMethod(m.getMethodDescriptor()));
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(described.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    private static <Q> ServerMethodDefinition<Q, Encoded> encoded(
            MethodDescriptor<Q, ?> rpc, UnaryMethod<Q, Encoded> answered) {
        return ServerMethodDefinition.create(
                rpc.toBuilder(rpc.getRequestMarshaller(), Encoded.MARSHALLER).build(), asyncUnaryCall(answered));
    }
}
