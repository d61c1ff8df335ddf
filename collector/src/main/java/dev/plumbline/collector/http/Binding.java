package dev.plumbline.collector.http;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpMethod;
import dev.plumbline.v1.GenerateReportResponse;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to ask an rpc over HTTP, as its {@code google.api.http} annotation says.
 *
 * @param path such as {@code /v1/segments/{segment}}: a variable is one segment of it, and names a field of the request
 * @param hasBody whether fields that are not in the path come in a body rather than as parameters
 * @param request an empty one
 */
record Binding(
        ServerMethodDefinition<?, ?> method,
        MethodDescriptor rpc,
        HttpMethod verb,
        String path,
        boolean hasBody,
        Message request) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

    /** Of all rpcs of a service that have any, in the order of the contract. */
    static List<Binding> of(ServerServiceDefinition service) {
        List<Binding> bindings = new ArrayList<>();
        service.getMethods().stream()
                .sorted(Comparator.comparingInt(m -> descriptor(m).getIndex()))
                .forEach(method -> {
                    MethodDescriptor rpc = descriptor(method);
                    if (rpc.getOptions().hasExtension(AnnotationsProto.http)) {
                        HttpRule rule = rpc.getOptions().getExtension(AnnotationsProto.http);
                        bindings.add(of(method, rpc, rule));
                        rule.getAdditionalBindingsList().forEach(more -> bindings.add(of(method, rpc, more)));
                    }
                });
        return bindings;
    }

    private static MethodDescriptor descriptor(ServerMethodDefinition<?, ?> method) {
        return ((ProtoMethodDescriptorSupplier)
                        Objects.requireNonNull(method.getMethodDescriptor().getSchemaDescriptor()))
                .getMethodDescriptor();
    }

    private static Binding of(ServerMethodDefinition<?, ?> method, MethodDescriptor rpc, HttpRule rule) {
        Message request = (Message) Objects.requireNonNull(
                ((PrototypeMarshaller<?>) method.getMethodDescriptor().getRequestMarshaller()).getMessagePrototype());
        boolean hasBody = rule.getBody().equals("*");
        return switch (rule.getPatternCase()) {
            case GET -> new Binding(method, rpc, HttpMethod.GET, rule.getGet(), hasBody, request);
            case POST -> new Binding(method, rpc, HttpMethod.POST, rule.getPost(), hasBody, request);
            case PUT, DELETE, PATCH, CUSTOM, PATTERN_NOT_SET ->
                throw new IllegalStateException(
                        rpc.getFullName() + ": a question is asked by get or post, not by " + rule.getPatternCase());
        };
    }

    /** {@code package.Service/Method}. */
    String call() {
        return method.getMethodDescriptor().getFullMethodName();
    }

    boolean isStream() {
        return rpc.isServerStreaming();
    }

    /** Its messages are a header and the pieces of a document. */
    boolean isFile() {
        return isStream() && rpc.getOutputType().equals(GenerateReportResponse.getDescriptor());
    }

    /** Names of fields, in the order of the path. */
    List<String> variables() {
        return VARIABLE.matcher(path).results().map(m -> m.group(1)).toList();
    }

    /** What the variables are in a path that was asked, decoded; empty when it is another path. */
    Optional<Map<String, String>> read(String asked) {
        StringBuilder shape = new StringBuilder();
        int end = 0;
        for (MatchResult variable : VARIABLE.matcher(path).results().toList()) {
            shape.append(Pattern.quote(path.substring(end, variable.start()))).append("([^/]+)");
            end = variable.end();
        }
        Matcher matcher =
                Pattern.compile(shape + Pattern.quote(path.substring(end))).matcher(asked);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<String> names = variables();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }
}
