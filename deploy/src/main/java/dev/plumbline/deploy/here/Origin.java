package dev.plumbline.deploy.here;

import dev.plumbline.agent.bundle.Asked;
import dev.plumbline.agent.bundle.Bundle;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.words.TargetId;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the facts of a report come from, when they were not measured just now.
 *
 * @param at when they were complete
 * @param program version that measured
 * @param cutShortBy a sentence when the round did not end by itself, else empty
 * @param isOtherCatalog whether they were measured by another catalog than this program's
 * @param unjudged targets in words that this program does not know, with the sentence that says which
 * @param unmeasured what is asked for now and was not then
 * @param lost pieces of evidence that observations name and the file lacks
 * @param ownAnchors whom that host trusted besides those that this one does
 */
record Origin(
        Path file,
        Instant at,
        String program,
        String platform,
        String cutShortBy,
        boolean isOtherCatalog,
        Map<TargetId, String> unjudged,
        List<TargetId> unmeasured,
        int lost,
        List<String> ownAnchors) {
    Origin {
        unjudged = new TreeMap<>(unjudged);
        unmeasured = List.copyOf(unmeasured);
        ownAnchors = List.copyOf(ownAnchors);
    }

    /** @param catalog this program's own */
    static Origin of(
            Path file, Bundle bundle, Catalog catalog, List<TargetId> unmeasured, boolean isItsAnchorsTrusted) {
        return new Origin(
                file,
                bundle.closedAt(),
                bundle.summary().environment().agentVersion(),
                bundle.summary().environment().platform(),
                bundle.cutShortBy(),
                !bundle.asked().catalogHash().equals(Asked.hashOf(catalog)),
                bundle.plan().unread(),
                unmeasured,
                bundle.missing().size(),
                isItsAnchorsTrusted ? ownAnchors(bundle, catalog) : List.of());
    }

    /** The public store of another Java differs in this and that, which is nobody's choice. */
    private static List<String> ownAnchors(Bundle bundle, Catalog catalog) {
        List<X509Certificate> known = Arrays.stream(IdentityClass.values())
                .flatMap(c -> catalog.anchors().of(c).stream())
                .toList();
        return Arrays.stream(IdentityClass.values())
                .flatMap(c -> bundle.anchors().of(c).stream())
                .filter(c -> !known.contains(c))
                .map(c -> c.getSubjectX500Principal().getName())
                .distinct()
                .toList();
    }
}
