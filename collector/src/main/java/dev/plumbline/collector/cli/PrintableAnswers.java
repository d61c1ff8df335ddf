package dev.plumbline.collector.cli;

import com.google.protobuf.Message;
import dev.plumbline.wire.TextFields;
import dev.plumbline.words.Printable;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;

/**
 * Takes out of every answer what a terminal obeys instead of showing it, and line ends: parts of the texts were written by agents, and
 * by whoever agents met. The collector's own texts hold neither.
 */
final class PrintableAnswers implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<A>(listener) {
                            @Override
                            @SuppressWarnings("unchecked") // of the same type as before
                            public void onMessage(A answer) {
                                super.onMessage(answer instanceof Message message ? (A) printable(message) : answer);
                            }
                        },
                        headers);
            }
        };
    }

    static Message printable(Message answer) {
        return TextFields.mapped(answer, Printable::line);
    }
}
