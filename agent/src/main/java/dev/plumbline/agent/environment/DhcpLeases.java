package dev.plumbline.agent.environment;

import dev.plumbline.words.Surroundings.Discovery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DHCP said of a proxy script (option 252) and of a portal (option 114, RFC 8910 §2.1), as far as the clients of this
 * host wrote it down. Nothing is asked of a DHCP server: that needs a privileged port, and a lease of its own.
 */
final class DhcpLeases {
    private static final int MOST_FILES = 16;

    private final List<Path> folders;

    DhcpLeases(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    static DhcpLeases ofHost() {
        return new DhcpLeases(List.of(
                Path.of("/run/systemd/netif/leases"),
                Path.of("/var/lib/NetworkManager"),
                Path.of("/var/lib/dhcp"),
                Path.of("/var/lib/dhclient")));
    }

    /** An option under the names that dhclient, NetworkManager and systemd-networkd give it. */
    private enum Option {
        SCRIPT("dhcp-252", "wpad|wpad-url|unknown-252|option-252|OPTION_252|private_252"),
        PORTAL(
                "dhcp-114",
                "default-url|captive-portal|v4-captive-portal|unknown-114|option-114|OPTION_114|CAPTIVE_PORTAL");

        private final String method;
        private final Pattern pattern;

        Option(String method, String names) {
            this.method = method;
            this.pattern = Pattern.compile(
                    "^[ \\t]*+(?:option[ \\t]++)?(?:" + names
                            + ")(?:[ \\t]++|=)\"?([^\";\\s]{1,2000})\"?;?[ \\t\\r]*+$",
                    Pattern.MULTILINE);
        }
    }

    /** One fact for each option at least: where it was found, else why it was not. */
    List<Discovery> discoveries() {
        List<Discovery> all = new ArrayList<>();
        for (Option option : Option.values()) {
            all.add(discovery(option));
        }
        return all;
    }

    private Discovery discovery(Option option) {
        List<String> problems = new ArrayList<>();
        int read = 0;
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try {
                for (Path file : leases(folder)) {
                    Optional<String> url = url(option, SmallFile.read(file));
                    read++;
                    if (url.isPresent()) {
                        return new Discovery(option.method, file.toString(), url.get(), "");
                    }
                }
            } catch (IOException e) {
                problems.add("not readable: " + e.getMessage());
            }
        }
        String why = !problems.isEmpty()
                ? String.join("; ", problems)
                : read == 0 ? "no lease file on this host" : "none of " + read + " lease files has it";
        return new Discovery(option.method, "lease files", "", why);
    }

    private static List<Path> leases(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                boolean lease = entry.toString().contains("lease") && Files.isRegularFile(entry);
                if (lease && files.size() < MOST_FILES) {
                    files.add(entry);
                }
            }
        }
        return files;
    }

    /** The last one counts: dhclient appends. */
    private static Optional<String> url(Option option, String lease) {
        Optional<String> last = Optional.empty();
        Matcher found = option.pattern.matcher(lease);
        while (found.find()) {
            String value = text(found.group(1));
            if (value.startsWith("http://") || value.startsWith("https://")) {
                last = Optional.of(value);
            }
        }
        return last;
    }

    /** An option of unknown type is written in hexadecimal, with or without colons. */
    static String text(String value) {
        String hex = value.replace(":", "");
        String text = hex.matches("(?:[0-9a-fA-F]{2})+")
                ? new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1)
                : value;
        return text.replaceAll("\\p{Cntrl}", "");
    }
}
