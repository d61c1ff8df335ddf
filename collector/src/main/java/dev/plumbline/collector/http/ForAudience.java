package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.plumbline.collector.access.Audience;

/** Something that is no rpc, for whoever shows a token of some role. */
final class ForAudience extends SimpleDecoratingHttpService {
    private final Audience audience;
    private final boolean isOfWholeSite;
    private final Refuser refuser;

    ForAudience(HttpService service, Audience audience, boolean isOfWholeSite, Refuser refuser) {
        super(service);
        this.audience = audience;
        this.isOfWholeSite = isOfWholeSite;
        this.refuser = refuser;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String what = request.method() + " " + context.path();
        return refuser.answer(context, request, what, audience, isOfWholeSite, unwrap()::serve);
    }
}
