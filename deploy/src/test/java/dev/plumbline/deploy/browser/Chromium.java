package dev.plumbline.deploy.browser;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The host's own chromium, and what it complained of. */
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /** Where a test that was not run is a failure, such as where everything is checked. */
    private static final String REQUIRED = "PLUMBLINE_BROWSER";

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final Playwright playwright;
    private final Browser browser;
    private final String axe;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser, String axe) {
        this.playwright = playwright;
        this.browser = browser;
        this.axe = axe;
    }

    /** Skips the test on a host without one, unless it is required there. */
    static Chromium start() throws IOException {
        boolean isThere = Files.isExecutable(PROGRAM);
        if (!isThere && "required".equals(System.getenv(REQUIRED))) {
            fail("this host has no " + PROGRAM + ", and " + REQUIRED
                    + " says that pages are to be tried in it; install chromium");
        }
        assumeTrue(isThere, "this host has no " + PROGRAM + ": pages are not tried in a browser");
        // Its own five seconds are fewer than a busy host may stand still.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> arguments = new ArrayList<>(List.of("--disable-gpu", "--disable-dev-shm-usage"));
        if ("root".equals(System.getProperty("user.name"))) {
            arguments.add("--no-sandbox");
        }
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(arguments)
                        .setTimeout(120_000));
        try (InputStream file = Objects.requireNonNull(Chromium.class.getResourceAsStream(AXE), AXE)) {
            return new Chromium(playwright, browser, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** How somebody looks at pages. */
    enum Screen {
        PHONE(390, 844),
        NARROWEST(360, 640),
        WIDE(1440, 900);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /** A browser of its own; its certificate authority is not asked for. */
    BrowserContext context(URI site, Screen screen, boolean isDark, boolean hasScript) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(site.toString())
                .setIgnoreHTTPSErrors(true)
                .setViewportSize(screen.width, screen.height)
                .setIsMobile(screen != Screen.WIDE)
                .setColorScheme(isDark ? ColorScheme.DARK : ColorScheme.LIGHT)
                .setLocale("en-GB")
                .setTimezoneId("UTC")
                .setJavaScriptEnabled(hasScript));
        context.setDefaultTimeout(60_000);
        // What a policy refuses is told to the console as an error.
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.page().url() + ": " + message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.page().url() + ": " + error.error()));
        return context;
    }

    /** What the console said since this was asked last. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    /** What keeps somebody from reading the page: rules of axe with what breaks them. */
    @SuppressWarnings("unchecked")
    List<String> barriers(Page page) {
        page.evaluate(axe);
        // Without a copy of the page's styles, which its policy refuses.
        Object found = page.evaluate("""
                () => axe.run(document, {resultTypes: ['violations'], preload: false}).then((told) => told.violations.map((v) =>
                    v.id + ' (' + v.impact + '): '
                        + v.nodes.map((n) => n.target.join(' ') + ' ' + n.failureSummary).join('; ')))""");
        // What is looked with is no part of the page.
        complaints.clear();
        return (List<String>) found;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
