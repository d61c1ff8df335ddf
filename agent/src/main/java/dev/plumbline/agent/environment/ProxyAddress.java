package dev.plumbline.agent.environment;

import dev.plumbline.agent.probe.ProxyChoice;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words by which hosts, scripts and configurations name a proxy. */
final class ProxyAddress {
    private static final Pattern SETTING = Pattern.compile(
            "(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?:[^@/]*@)?(?<host>\\[[0-9a-fA-F:]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?/?");
    private static final int STANDARD_PORT = 80;
    private static final int MAX_VALUE = 300;

    private ProxyAddress() {}

    /** A proxy that is spoken to in plain HTTP; empty for SOCKS, for TLS to the proxy, and for what is no address. */
    static Optional<ProxyChoice> of(String setting, String foundBy, Optional<String> authorization) {
        Matcher address = SETTING.matcher(setting.strip());
        if (!address.matches()) {
            return Optional.empty();
        }
        String scheme = address.group("scheme");
        if (scheme != null && !scheme.equalsIgnoreCase("http")) {
            return Optional.empty();
        }
        String port = address.group("port");
        int number = port == null ? STANDARD_PORT : Integer.parseInt(port);
        String host = address.group("host").replaceAll("[\\[\\]]", "");
        return number < 1 || number > 65535
                ? Optional.empty()
                : Optional.of(new ProxyChoice(host, number, foundBy, authorization));
    }

    /** The first proxy of a script's answer, when nothing stands before it that leads past every proxy. */
    static Optional<ProxyChoice> ofScriptAnswer(String answer, String foundBy) {
        for (String element : answer.split(";", -1)) {
            String[] words = element.strip().split("\\s+", 2);
            switch (words[0]) {
                case "DIRECT" -> {
                    return Optional.empty();
                }
                case "PROXY", "HTTP" -> {
                    return words.length < 2 ? Optional.empty() : of(words[1], foundBy, Optional.empty());
                }
                default -> {
                    // SOCKS and HTTPS proxies are not tried.
                }
            }
        }
        return Optional.empty();
    }

    /** The setting without user and password, however it is written. */
    static String scrubbed(String value) {
        int scheme = value.indexOf("://");
        int from = scheme < 0 ? 0 : scheme + 3;
        int at = value.lastIndexOf('@');
        String clean = at < from ? value : value.substring(0, from) + "***@" + value.substring(at + 1);
        return clean.substring(0, Math.min(clean.length(), MAX_VALUE)).replaceAll("\\p{Cntrl}", " ");
    }
}
