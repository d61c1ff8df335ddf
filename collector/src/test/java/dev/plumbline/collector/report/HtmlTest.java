package dev.plumbline.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.plumbline.v1.Report;
import dev.plumbline.v1.ReportedCoverage;
import dev.plumbline.v1.ReportedRequirement;
import dev.plumbline.v1.ReportedSegment;
import dev.plumbline.v1.TimeShares;
import dev.plumbline.v1.TimeStretch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HtmlTest {
    /** All that the templates write; whatever else looks like a tag came from somebody. */
    private static final Set<String> TAGS = Set.of(
            "!DOCTYPE",
            "a",
            "article",
            "b",
            "body",
            "br",
            "caption",
            "code",
            "dd",
            "dl",
            "dt",
            "h1",
            "h2",
            "h3",
            "head",
            "header",
            "html",
            "li",
            "main",
            "meta",
            "ol",
            "p",
            "rect",
            "section",
            "small",
            "span",
            "style",
            "svg",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "title",
            "tr",
            "ul");

    private static final Set<String> ATTRIBUTES = Set.of(
            "aria-hidden",
            "charset",
            "class",
            "content",
            "data-label",
            "height",
            "href",
            "html",
            "http-equiv",
            "id",
            "lang",
            "name",
            "scope",
            "width",
            "x");

    private static final Pattern TAG = Pattern.compile("<(/?)([!A-Za-z0-9-]+)((?:[^\">]|\"[^\"]*\")*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([A-Za-z-]+)(?:=\"([^\"<]*)\")?");

    private static String page(Report report) {
        return new String(Format.HTML.write(report), StandardCharsets.UTF_8);
    }

    private static List<MatchResult> all(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "\" onmouseover=\"alert(1)",
                "' autofocus onfocus='alert(1)",
                "javascript:alert(1)",
                "</style></title></table><svg onload=alert(1)>",
                "<!-- --><!DOCTYPE x [<!ENTITY y 'z'>]>",
                "&lt;script&gt;",
                "${7*7} @if(true) $unsafe{x} {{x}}",
                "\\u003cscript\\u003e",
                "<meta http-equiv=refresh content='0;url=//x'>"
            })
    void markupInAnyTextOfTheReportIsShownAndNotObeyed(String text) {
        String page = page(Hostile.report(text));
        // The policy and the style are ours.
        String body = page.replace(Html.style(), "");
        for (MatchResult tag : all(TAG, body)) {
            assertThat(TAGS).contains(tag.group(2));
            String rest = tag.group(3).replaceAll("/$", "");
            for (MatchResult attribute : all(ATTRIBUTE, rest)) {
                assertThat(ATTRIBUTES).as(tag.group()).contains(attribute.group(1));
            }
            assertThat(ATTRIBUTE.matcher(rest).replaceAll("")).as(tag.group()).isBlank();
        }
        assertThat(TAG.matcher(body).replaceAll("")).doesNotContain("<");
        String shown = body.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
        assertThat(shown).as("as it was written").contains(text);
    }

    @Test
    void noTemplateWritesATagOrAnAttributeThatThisTestDoesNotKnow() {
        String page = page(Hostile.report("text"));
        Set<String> tags = new TreeSet<>();
        all(TAG, page.replace(Html.style(), "")).forEach(t -> tags.add(t.group(2)));
        assertThat(tags).containsExactlyInAnyOrderElementsOf(new TreeSet<>(TAGS));
    }

    @Test
    void nothingIsLetInButTheStyleOfThePage() throws Exception {
        String page = page(Hostile.report("text"));
        String style = page.substring(page.indexOf("<style>") + "<style>".length(), page.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        String policy = all(Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\""), page)
                .get(0)
                .group(1)
                .replace("&#39;", "'");
        assertThat(policy)
                .isEqualTo("default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'");
        assertThat(page.indexOf("Content-Security-Policy")).isLessThan(page.indexOf("<style>"));
        assertThat(page).doesNotContain("<script", " style=", " src=", "@import", "url(", "http:", "https:");
        assertThat(all(Pattern.compile("href=\"([^\"]*)\""), page))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link.group(1)).startsWith("#"));
        assertThat(style)
                .contains("@media print", "prefers-color-scheme: dark", "max-width: 45rem", "break-before: page");
    }

    @Test
    void everyVerdictAndEveryCellIsReadWithoutColourAndOnAPhone() {
        for (String verdict : List.of("MET", "BROKEN", "INSUFFICIENT")) {
            assertThat(page(Report.newBuilder().setVerdict(verdict).build())).containsPattern("[✔✖?] " + verdict);
        }
        String page = page(Hostile.report("text"));
        assertThat(all(Pattern.compile("<td(?! data-label=\"[^\"]+\")[^>]*>"), page))
                .as("cells that would have no name where rows are cards")
                .isEmpty();
    }

    @Test
    void whyItIsNotKnownHowItStoodIsReadInThePage() {
        TimeShares shares = TimeShares.newBuilder()
                .setMet(seconds(20))
                .setWaived(seconds(10))
                .setBroken(seconds(5))
                .setUndecided(seconds(25))
                .setSilent(seconds(30))
                .setNotJudged(seconds(6))
                .setNotRemembered(seconds(4))
                .setMetPerMillion(200_000)
                .setWaivedPerMillion(100_000)
                .setBrokenPerMillion(50_000)
                .setUnknownPerMillion(650_000)
                .build();
        String page = page(of(ReportedSegment.newBuilder()
                .setId("wifi")
                .addRequirements(ReportedRequirement.newBuilder().setId("time").setRule(shares))));
        assertThat(page)
                .contains(
                        "<b>20.00 %</b>",
                        ">10.00 % by waiver<",
                        ">5.00 % not<",
                        ">25.00 % undecided<",
                        ">30.00 % silent<",
                        ">6.00 % not judged<",
                        ">4.00 % not remembered<")
                .doesNotContain("unknown");
    }

    private static Duration seconds(int many) {
        return Duration.newBuilder().setSeconds(many).build();
    }

    private static Report of(ReportedSegment.Builder segment) {
        return Report.newBuilder()
                .setSiteId("campus")
                .setVerdict("INSUFFICIENT")
                .addSegments(segment)
                .build();
    }

    @Test
    void aSilenceThatLastedWhenThePeriodBeganSaysSo() {
        TimeStretch silence = TimeStretch.newBuilder().setLasted(seconds(60)).build();
        for (boolean before : new boolean[] {true, false}) {
            String page = page(of(ReportedSegment.newBuilder()
                    .setId("wifi")
                    .setCoverage(ReportedCoverage.newBuilder()
                            .addLongestSilences(silence.toBuilder().setBegunBefore(before)))));
            assertThat(page.contains("begun before")).isEqualTo(before);
        }
    }

    @Test
    void whatIsNotThereIsLeftOutAndNotBroken() {
        String page = page(Report.newBuilder()
                .setSiteId("campus")
                .setVerdict("INSUFFICIENT")
                .addSegments(ReportedSegment.newBuilder().setId("wifi"))
                .build());
        assertThat(page)
                .contains(
                        "None was open in the period.",
                        "None that is declared covers any of the period.",
                        "No requirement was judged.")
                .doesNotContain("null");
    }
}
