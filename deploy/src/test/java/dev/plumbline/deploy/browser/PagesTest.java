package dev.plumbline.deploy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import dev.plumbline.collector.cli.Surroundings;
import dev.plumbline.collector.cli.Terminal;
import dev.plumbline.deploy.browser.Chromium.Screen;
import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.Match;
import dev.plumbline.deploy.demo.DemoSegment;
import dev.plumbline.deploy.demo.DemoSettings;
import dev.plumbline.deploy.demo.DemoSite;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of a real collector with real agents on a campus of which two segments break the rule, in a real browser: what it shows is
 * kept as pictures under {@code target/screenshots}, it complains of nothing, and axe finds nothing that keeps anybody from reading.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class PagesTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** How long a busy host may take to prove what is so. */
    private static final Duration TO_PROVE = Duration.ofMinutes(5);

    private static final DemoSettings SETTINGS = new DemoSettings(
            List.of(
                    new DemoSegment("server-vlan", "Server VLAN", "server", "mdm-server"),
                    new DemoSegment("student-wifi", "Student Wi-Fi", "wifi", "device"),
                    new DemoSegment("guest", "Guest network", "guest", "device"),
                    new DemoSegment("it-lab", "IT lab", "reference", "device, mdm-server")),
            List.of("apns", "device-management", "control"),
            Duration.ofHours(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));

    @TempDir
    private static Path folder;

    private static @Nullable DemoSite site;
    private static @Nullable Chromium chromium;
    private static String token = "";

    @BeforeAll
    static void start() throws Exception {
        // Asked first: without it nothing is worth being started.
        chromium = Chromium.start();
        Files.createDirectories(SCREENSHOTS);
        DemoSite started = DemoSite.start(folder, SETTINGS);
        site = started;
        token = Files.readString(started.token()).strip();
        verify();
        started.segment("student-wifi").apply(Fault.drop(Match.port(5223)));
        started.segment("guest").apply(Fault.intercept(443));
        verifyUntil("student-wifi  tcp.drop", "guest  tls.intercepted");
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (site != null) {
            site.close();
        }
    }

    private static DemoSite site() {
        return Objects.requireNonNull(site);
    }

    private static Chromium chromium() {
        return Objects.requireNonNull(chromium);
    }

    private static String ask(String... words) {
        StringWriter out = new StringWriter();
        site().ask(
                        new Surroundings(
                                new PrintWriter(out),
                                new PrintWriter(out),
                                Map.of(),
                                Path.of("."),
                                Terminal.PLAIN,
                                Clock.systemUTC()),
                        words);
        return out.toString();
    }

    private static void verify() {
        ask("verify-now", "--wait");
    }

    /** Until each of these is open: a place and a mechanism. */
    private static void verifyUntil(String... causes) {
        long deadline = System.nanoTime() + TO_PROVE.toNanos();
        String findings;
        do {
            verify();
            findings = ask("findings");
        } while (!Stream.of(causes).allMatch(findings::contains) && System.nanoTime() < deadline);
        assertThat(findings).contains(causes);
    }

    private static Page signedIn(BrowserContext context) {
        Page page = context.newPage();
        page.navigate("/");
        page.getByLabel("Token").fill(token);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL("**/");
        return page;
    }

    /** Pages by the name of their pictures. */
    private static Map<String, String> pages(Page page) {
        page.navigate("/");
        String finding = page.locator("#findings li a").first().getAttribute("href");
        return Map.ofEntries(
                Map.entry("matrix", "/"),
                Map.entry("matrix-targets", "/?by=targets"),
                Map.entry("findings", "/findings?all=yes"),
                Map.entry("finding", finding),
                Map.entry("segment", "/segments/student-wifi"),
                Map.entry("target", "/segments/guest/targets/" + intercepted(page)),
                Map.entry("target-blocked", "/segments/student-wifi/targets/courier:5223"),
                Map.entry("compare", "/compare?a=student-wifi&b=it-lab"),
                Map.entry("agents", "/agents"),
                Map.entry("report", "/report"));
    }

    /** A target of which a chain was shown. */
    private static String intercepted(Page page) {
        page.navigate("/segments/guest");
        return page.locator("tr:has(.pill.bad) th a").first().innerText();
    }

    static Stream<Arguments> looks() {
        return Stream.of(
                Arguments.of(Screen.WIDE, false),
                Arguments.of(Screen.WIDE, true),
                Arguments.of(Screen.PHONE, false),
                Arguments.of(Screen.PHONE, true));
    }

    @ParameterizedTest(name = "{0}, dark {1}")
    @MethodSource("looks")
    @Order(1)
    void everyPageCanBeReadByEverybody(Screen screen, boolean isDark) {
        try (BrowserContext context = chromium().context(site().page(), screen, isDark, true)) {
            Page first = context.newPage();
            first.navigate("/");
            look(first, "sign-in", screen, isDark);
            Page page = signedIn(context);
            pages(page).forEach((name, path) -> {
                page.navigate(path);
                page.waitForLoadState(LoadState.LOAD);
                if (page.locator("[data-latencies]").count() > 0) {
                    page.locator(".chart canvas, .chart:not(:empty)").first().waitFor();
                }
                look(page, name, screen, isDark);
            });
        }
    }

    private static void look(Page page, String name, Screen screen, boolean isDark) {
        String picture = name + "-" + screen.name().toLowerCase(Locale.ROOT) + (isDark ? "-dark" : "-light");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(picture + ".png"))
                .setFullPage(true));
        assertThat(chromium().complaints())
                .as(picture + ": what the console says")
                .isEmpty();
        assertThat(chromium().barriers(page)).as(picture + ": what axe finds").isEmpty();
        Object wider =
                page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(((Number) wider).intValue())
                .as(picture + ": wider than the screen")
                .isLessThanOrEqualTo(0);
    }

    @Test
    @Order(2)
    void theSmallestPhoneShowsItWithoutScrollingSideways() {
        try (BrowserContext context = chromium().context(site().page(), Screen.NARROWEST, false, true)) {
            Page page = signedIn(context);
            pages(page).forEach((name, path) -> {
                page.navigate(path);
                Object wider = page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                assertThat(((Number) wider).intValue()).as(name).isLessThanOrEqualTo(0);
            });
            assertThat(chromium().complaints()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void itSaysWhatIsWrongAndLeadsToWhatMendsIt() {
        try (BrowserContext context = chromium().context(site().page(), Screen.WIDE, false, true)) {
            Page page = signedIn(context);
            Locator sentences = page.locator("#findings li");
            assertThat(sentences
                            .filter(new Locator.FilterOptions().setHasText("student-wifi"))
                            .first())
                    .containsText("5223");
            sentences
                    .filter(new Locator.FilterOptions().setHasText("tcp.drop"))
                    .first()
                    .locator("a")
                    .click();
            assertThat(page.locator("h1")).containsText("5223");
            assertThat(page.locator("pre").first()).containsText("5223");
            assertThat(page.locator(".evidence tbody tr").first()).containsText("student-wifi/student-wifi-1");
            page.locator(".evidence tbody a").first().click();
            assertThat(page.locator("h1")).containsText("courier");
            assertThat(page.locator("#target")).containsText("What the resolver answered");
            page.navigate("/segments/guest/targets/" + intercepted(page));
            assertThat(page.locator("#target")).containsText("Issued by");
            assertThat(chromium().complaints()).isEmpty();
        }
    }

    @Test
    @Order(4)
    void arrowKeysGoFromCellToCell() {
        try (BrowserContext context = chromium().context(site().page(), Screen.WIDE, false, true)) {
            Page page = signedIn(context);
            page.locator(".grid tbody tr").first().locator("th a").focus();
            page.keyboard().press("ArrowRight");
            page.keyboard().press("ArrowDown");
            Object place = page.evaluate("""
                    () => { const cell = document.activeElement.closest('td');
                      return cell.parentElement.rowIndex + ' ' + cell.cellIndex; }""");
            assertThat(place).isEqualTo("2 1");
            String leadsTo = (String) page.evaluate("() => document.activeElement.getAttribute('href')");
            page.keyboard().press("Enter");
            page.waitForURL("**" + leadsTo);
            page.navigate("/");
            page.keyboard().press("Tab");
            assertThat(page.locator(":focus")).hasText("Skip to what it says");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).isFocused();
        }
    }

    @Test
    @Order(5)
    void itWorksWithoutAnyScript() {
        try (BrowserContext context = chromium().context(site().page(), Screen.PHONE, false, false)) {
            Page page = signedIn(context);
            pages(page).forEach((name, path) -> {
                page.navigate(path);
                assertThat(page.locator("h1").first()).isVisible();
            });
            page.navigate("/");
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                    .click();
            assertThat(page.locator("h1")).hasText("Sign in");
            page.navigate("/findings");
            assertThat(page.locator("h1")).hasText("Sign in");
        }
    }

    @Test
    @Order(6)
    void aReportIsAFileThatOpensByItself() throws Exception {
        try (BrowserContext context = chromium().context(site().page(), Screen.WIDE, false, true)) {
            Page page = signedIn(context);
            page.navigate("/report");
            Download download = page.waitForDownload(
                    () -> page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Download"))
                            .click());
            assertThat(download.suggestedFilename()).matches("plumbline-campus-[0-9TZ-]+\\.html");
            Path file = folder.resolve("report.html");
            download.saveAs(file);
            for (Screen screen : List.of(Screen.WIDE, Screen.PHONE)) {
                try (BrowserContext reader = chromium().context(site().page(), screen, false, true)) {
                    Page report = reader.newPage();
                    report.navigate(file.toUri().toString());
                    assertThat(report.locator("h1")).containsText("Site campus");
                    assertThat(report.locator("body")).containsText("student-wifi");
                    report.screenshot(new Page.ScreenshotOptions()
                            .setPath(SCREENSHOTS.resolve(
                                    "report-file-" + screen.name().toLowerCase(Locale.ROOT) + ".png"))
                            .setFullPage(true));
                }
            }
            assertThat(chromium().complaints()).isEmpty();
        }
    }

    @Test
    @Order(7)
    void aPageThatStaysOpenIsBroughtUpToDate() {
        try (BrowserContext context = chromium().context(site().page(), Screen.WIDE, false, true)) {
            Page page = signedIn(context);
            assertThat(page.locator("#findings")).not().containsText("server-vlan");
            page.evaluate("() => { window.stayed = true; }");
            site().segment("server-vlan").apply(Fault.reset(Match.port(2197)));
            verifyUntil("server-vlan  tcp.reset");
            assertThat(page.locator("#findings"))
                    .containsText("server-vlan", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
            assertThat(page.locator("#matrix tr")
                            .filter(new Locator.FilterOptions().setHasText("server-vlan"))
                            .locator("td.bad"))
                    .not()
                    .hasCount(0);
            assertThat(page.locator("#news")).hasText(Pattern.compile("brought up to date"));
            assertThat(page.evaluate("() => window.stayed")).isEqualTo(true);
            assertThat(chromium().complaints()).isEmpty();
        }
    }
}
