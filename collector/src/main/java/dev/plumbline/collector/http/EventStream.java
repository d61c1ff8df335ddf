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
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An rpc that tells again and again, as server-sent events. Where its request has a field {@code resume_after}, that is the header
 * {@code Last-Event-ID} unless the question says otherwise; where its messages have an {@code id}, that is the event's.
 */
final class EventStream implements HttpService {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final String LAST_EVENT_ID = "last-event-id";

    private final Binding binding;
    private final Refuser refuser;
    private final Duration keepAlive;

    /** @param binding of the service as it is intercepted */
    EventStream(Binding binding, Refuser refuser, Duration keepAlive) {
        this.binding = binding;
        this.refuser = refuser;
        this.keepAlive = keepAlive;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
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
            return begin(binding.method(), context, request, resuming(question, request));
        } catch (FieldViolation e) {
            return refuser.refuse(context, request, binding, e);
        }
    }

    private static Message resuming(Message question, HttpRequest request) {
        FieldDescriptor field = question.getDescriptorForType().findFieldByName("resume_after");
        String last = request.headers().get(LAST_EVENT_ID);
        return field == null || last == null || question.hasField(field)
                ? question
                : question.toBuilder().setField(field, last).build();
    }

    @SuppressWarnings("unchecked")
    private <Q, A> HttpResponse begin(
            ServerMethodDefinition<Q, A> method, ServiceRequestContext context, HttpRequest request, Message question) {
        Metadata headers = new Metadata();
        request.headers().getAll(HttpHeaderNames.AUTHORIZATION).forEach(h -> headers.put(AUTHORIZATION, h));
        EventCall<Q, A> call = new EventCall<>(method.getMethodDescriptor(), context, keepAlive);
        call.begin(method.getServerCallHandler(), headers, (Q) question);
        return call.answer();
    }
}
