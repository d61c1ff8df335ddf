package dev.plumbline.collector.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.plumbline.collector.access.Asker;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts what is shown into the frame that all pages have. */
final class Printer {
    private final String site;
    private final Assets assets;
    private final Function<Asker, String> changes;

    /** @param changes id of the latest change that somebody may know of */
    Printer(String site, Assets assets, Function<Asker, String> changes) {
        this.site = site;
        this.assets = assets;
        this.changes = changes;
    }

    HttpResponse page(Visit visit, Page page) {
        // Asked before the page is made: what changes meanwhile is told once more.
        String latest = changes.apply(visit.asker());
        Shown shown = page.of(visit);
        boolean isLive = shown.isLive() && visit.at().isEmpty();
        Frame frame = new Frame(
                shown.title(),
                site,
                shown.current(),
                Optional.of(who(visit)),
                isLive ? Optional.of(latest) : Optional.empty(),
                visit.at().map(Object::toString),
                assets);
        return HttpResponse.of(
                PageHeaders.of(HttpStatus.OK).build(), HttpData.wrap(print(frame, shown.template(), shown.model())));
    }

    private static Frame.Who who(Visit visit) {
        Asker asker = visit.asker();
        return new Frame.Who(asker.who(), asker.role().word(), asker.purview().toString(), visit.isAuditor());
    }

    /** Why there is no page. */
    HttpResponse refusal(Optional<Visit> visit, HttpStatus status, String sentence) {
        return HttpResponse.of(PageHeaders.of(status).build(), HttpData.wrap(refusalText(visit, status, sentence)));
    }

    byte[] refusalText(Optional<Visit> visit, HttpStatus status, String sentence) {
        Frame frame = new Frame(
                status.reasonPhrase(),
                visit.isPresent() ? site : "",
                "",
                visit.map(Printer::who),
                Optional.empty(),
                Optional.empty(),
                assets);
        return print(frame, "refused", Map.of("status", status.code(), "sentence", sentence));
    }

    /** A page for nobody in particular. */
    HttpResponse bare(HttpStatus status, String title, String template, Map<String, Object> model) {
        return HttpResponse.of(
                PageHeaders.of(status).build(), HttpData.wrap(print(Frame.bare(title, assets), template, model)));
    }

    private static byte[] print(Frame frame, String template, Map<String, Object> model) {
        Map<String, Object> parameters = new HashMap<>(model);
        parameters.put("frame", frame);
        return Html.of(template, parameters);
    }
}
