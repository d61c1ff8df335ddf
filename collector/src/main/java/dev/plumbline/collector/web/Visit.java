package dev.plumbline.collector.web;

import com.linecorp.armeria.common.QueryParams;
import dev.plumbline.collector.access.Asker;
import dev.plumbline.collector.access.Audience;
import dev.plumbline.collector.typed.TypedTime;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Somebody who is signed in asks for a page.
 *
 * @param path with its query, as it was asked
 * @param variables of the path
 */
record Visit(Session session, String path, Map<String, String> variables, QueryParams query, Rpcs rpcs, Instant now) {
    Asker asker() {
        return session.asker();
    }

    /** @throws io.grpc.StatusRuntimeException as the service ends with it */
    <Q, A> A ask(MethodDescriptor<Q, A> rpc, Q question) {
        return rpcs.ask(asker(), rpc, question);
    }

    <Q, A> List<A> all(MethodDescriptor<Q, A> rpc, Q question) {
        return rpcs.all(asker(), rpc, question);
    }

    /** @throws io.grpc.StatusRuntimeException when it is not for whoever asks */
    void require(MethodDescriptor<?, ?> rpc) {
        rpcs.require(asker(), rpc);
    }

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** What a form or a link says of it; empty where that is nothing. */
    String parameter(String name) {
        return query.get(name, "").strip();
    }

    /** @throws io.grpc.StatusRuntimeException with what may be typed into that field */
    <T> T typed(String field, BiFunction<String, Instant, T> reader) {
        try {
            return reader.apply(parameter(field), now);
        } catch (IllegalArgumentException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(field + ": " + e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        }
    }

    /** The time of which the page tells; empty = now. */
    Optional<Instant> at() {
        String text = parameter("at");
        return text.isEmpty() || text.equals("now") ? Optional.empty() : Optional.of(typed("at", TypedTime::parse));
    }

    boolean isAuditor() {
        return Audience.AUDITOR.includes(asker().role());
    }
}
