package dev.plumbline.deploy.campus;

import java.util.UUID;

/** What the hosts of the fake Internet answer over HTTP, by host name and path. */
final class Pages {
    private static final String SUCCESS = "<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>";
    private static final String PLIST =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>%s</dict></plist>\n";
    private final String bag;
    private final Revocation revocation;

    /** @param bag the configuration that devices fetch first */
    Pages(String bag, Revocation revocation) {
        this.bag = bag;
        this.revocation = revocation;
    }

    /** The provider API for a client without a token. */
    static Page provider(String method, String path, boolean authorized) {
        String id = UUID.randomUUID().toString();
        if (!path.startsWith("/3/device/")) {
            return reason(404, "BadPath").with("apns-id", id);
        }
        if (!method.equals("POST")) {
            return reason(405, "MethodNotAllowed").with("apns-id", id);
        }
        return reason(403, authorized ? "InvalidProviderToken" : "MissingProviderToken")
                .with("apns-id", id);
    }

    private static Page reason(int status, String reason) {
        return Page.of(status, "application/json", "{\"reason\":\"" + reason + "\"}");
    }

    Page web(WebHandler.Visit visit) {
        if (visit.host().startsWith("ocsp.") && visit.method().equals("POST")) {
            return revocation.respond(visit.body().toArray());
        }
        return web(visit.host(), visit.path());
    }

    private Page web(String host, String path) {
        if (host.startsWith("crl") && path.endsWith(".crl")) {
            return revocation.list();
        }
        if (host.equals("certs.apple.com") && path.endsWith(".der")) {
            return revocation.issuer();
        }
        if (host.equals("captive.apple.com")) {
            return Page.of(200, "text/html", SUCCESS);
        }
        if (path.equals("/bag") && host.startsWith("init") && host.endsWith("push.apple.com")) {
            return Page.of(200, "application/xml", bag);
        }
        if (host.equals("gdmf.apple.com") && path.equals("/v2/pmv")) {
            return Page.of(200, "application/json", "{\"PublicAssetSets\":{\"iOS\":[],\"macOS\":[]}}");
        }
        if (host.equals("mesu.apple.com") && path.endsWith(".xml")) {
            return Page.of(200, "text/xml", PLIST.formatted("<key>Assets</key><array/>"));
        }
        if (host.equals(AppleZone.PORTAL)) {
            return Page.of(200, "text/html", "<html><title>Log in</title>Campus guest network: please log in</html>");
        }
        if (host.matches("(ocsp|crl|certs).*")) {
            return Page.of(403, "text/plain", "nothing to list\n");
        }
        return Page.of(200, "text/plain", "host " + host + " of the campus simulator\n");
    }

    static Page blocked(String host) {
        return Page.of(
                403, "text/html", "<html><title>Blocked</title>" + host + " was Blocked by Campus Web Filter</html>");
    }

    static Page redirect(String host, String path) {
        return Page.of(302, "text/html", "<html><title>Log in</title>Please log in first</html>")
                .with("location", "http://" + AppleZone.PORTAL + "/login?dst=http://" + host + path);
    }

    static Page parked() {
        return Page.of(200, "text/html", "<html><title>Parked</title>This domain is parked</html>");
    }
}
