package dev.plumbline.collector.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;

/** Answers so many at once, and refuses the rest. */
final class AtOnce extends SimpleDecoratingHttpService {
    private final Places places;

    /** @param places which several may share */
    AtOnce(HttpService service, Places places) {
        super(service);
        this.places = places;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        return places.answer(context, request, unwrap()::serve);
    }
}
