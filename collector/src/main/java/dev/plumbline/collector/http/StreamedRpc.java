package dev.plumbline.collector.http;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.collector.listing.FieldViolation;
import io.grpc.Metadata;
import io.grpc.ServerMethodDefinition;
import java.util.List;
import java.util.Map;

/**
 * An rpc that answers with several messages. Where its request has a field {@code resume_after}, that is the header
 * {@code Last-Event-ID} where there is one: browsers that come back ask for the same address again, with the header.
 */
final class StreamedRpc implements HttpService {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final String RESUME_AFTER = "resume_after";

    private final Binding binding;
    private final Refuser refuser;
    private final Places places;
    private final StreamedCall.Maker maker;

    /**
     * @param binding of the service as it is intercepted
     * @param places of which one is taken when the question is whole
     * @param maker what becomes of its messages
     */
    StreamedRpc(Binding binding, Refuser refuser, Places places, StreamedCall.Maker maker) {
        this.binding = binding;
        this.refuser = refuser;
        this.places = places;
        this.maker = maker;
    }

    /** Whether a stream goes on after an event that somebody was told. */
    static boolean resumes(Binding binding) {
        return binding.isStream() && binding.rpc().getInputType().findFieldByName(RESUME_AFTER) != null;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return refuser.answer(context, request, binding, this::answer);
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        if (!binding.hasBody()) {
            return answer(context, request, "");
        }
        context.setRequestTimeout(TimeoutMode.SET_FROM_START, HttpBounds.BODY);
        return HttpResponse.of(request.aggregate().thenApply(whole -> answer(context, request, whole.contentUtf8())));
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request, String body) {
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, HttpBounds.REQUEST);
        try {
            Map<String, String> variables = binding.read(context.decodedPath()).orElse(Map.of());
            Message question = Question.of(
                    binding,
                    variables,
                    List.copyOf(context.queryParams().stream().toList()),
                    body);
            Message resumed = resuming(question, request);
            return places.answer(context, request, (of, by) -> begin(binding.method(), of, by, resumed));
        } catch (FieldViolation e) {
            return Refuser.refused(e);
        } catch (Exception e) {
            return HttpResponse.ofFailure(e);
        }
    }

    private static Message resuming(Message question, HttpRequest request) {
        FieldDescriptor field = question.getDescriptorForType().findFieldByName(RESUME_AFTER);
        String last = request.headers().get(LAST_EVENT_ID, "");
        return field == null || last.isEmpty()
                ? question
                : question.toBuilder().setField(field, last).build();
    }

    @SuppressWarnings("unchecked")
    private <Q, A> HttpResponse begin(
            ServerMethodDefinition<Q, A> method, ServiceRequestContext context, HttpRequest request, Message question) {
        Metadata headers = new Metadata();
        request.headers().getAll(HttpHeaderNames.AUTHORIZATION).forEach(h -> headers.put(AUTHORIZATION, h));
        StreamedCall<Q, A> call = maker.of(method.getMethodDescriptor(), context);
        call.begin(method.getServerCallHandler(), headers, (Q) question);
        return call.answer();
    }
}
