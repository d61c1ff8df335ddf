package dev.plumbline.collector.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.plumbline.collector.ingest.Neighbourhood;
import io.netty.util.AttributeKey;

/** By whom a request is counted: the token that it showed, else where it comes from. */
final class CountedBy {
    private static final AttributeKey<String> TOKEN = AttributeKey.valueOf(CountedBy.class, "token");

    private CountedBy() {}

    static void token(ServiceRequestContext context, String id) {
        context.setAttr(TOKEN, id);
    }

    static String of(ServiceRequestContext context) {
        String token = context.attr(TOKEN);
        return token == null
                ? Neighbourhood.of(context.remoteAddress().getAddress()).prefix()
                : token;
    }
}
