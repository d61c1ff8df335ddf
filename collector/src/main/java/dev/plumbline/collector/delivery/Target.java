package dev.plumbline.collector.delivery;

import dev.plumbline.collector.alert.SyslogMessage.Facility;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where a receiver is, and in which form it takes alerts. Secrets stand in files, which are read anew for each message. */
sealed interface Target {
    /** As the configuration calls it. */
    String type();

    /** For lists and logs: no secret. */
    String shown();

    /** Anchors in the place of the platform's; empty = the platform's. */
    Optional<Path> trust();

    /** A URL that is itself a secret stands in a file. */
    record Address(Optional<URI> uri, Optional<Path> file) {
        String shown() {
            return uri.map(u -> u.getScheme() + "://" + u.getAuthority() + u.getPath())
                    .orElseGet(
                            () -> "what is named in " + file.map(Path::toString).orElse("no file"));
        }

        /** Of an address whose path is itself a secret. */
        String shownWithoutPath() {
            return uri.map(u -> u.getScheme() + "://" + u.getAuthority()).orElseGet(this::shown);
        }
    }

    record Webhook(Address address, Path secret, Optional<Path> trust) implements Target {
        @Override
        public String type() {
            return "webhook";
        }

        @Override
        public String shown() {
            return address.shown();
        }
    }

    /** @param token for an authorization header; empty = none */
    record Alertmanager(Address address, Optional<Path> token, Optional<Path> trust, Duration resend)
            implements Target {
        @Override
        public String type() {
            return "alertmanager";
        }

        @Override
        public String shown() {
            return address.shown();
        }
    }

    record Slack(Address address, Optional<Path> trust) implements Target {
        @Override
        public String type() {
            return "slack";
        }

        @Override
        public String shown() {
            return address.shownWithoutPath();
        }
    }

    record Teams(Address address, Optional<Path> trust) implements Target {
        @Override
        public String type() {
            return "teams";
        }

        @Override
        public String shown() {
            return address.shownWithoutPath();
        }
    }

    /** @param login empty = the server asks for none */
    record Email(
            String host,
            int port,
            Security security,
            Optional<Login> login,
            String from,
            List<String> to,
            Optional<Path> trust)
            implements Target {
        public Email {
            to = List.copyOf(to);
        }

        /** How a mail server is spoken to. */
        enum Security {
            /** TLS after a command (RFC 3207), or nothing is sent. */
            STARTTLS(587),
            /** TLS at once (RFC 8314). */
            TLS(465),
            /** For a relay on the way to which nobody reads. */
            NONE(25);

            final int port;

            Security(int port) {
                this.port = port;
            }
        }

        record Login(String user, Path password) {}

        @Override
        public String type() {
            return "email";
        }

        @Override
        public String shown() {
            return String.join(", ", to) + " by " + host + ":" + port;
        }
    }

    record Syslog(String host, int port, Transport transport, Facility facility, Optional<Path> trust)
            implements Target {
        /** How messages travel. */
        enum Transport {
            /** RFC 5426: nobody hears of what is lost. */
            UDP(514),
            /** RFC 6587. */
            TCP(514),
            /** RFC 5425. */
            TLS(6514);

            final int port;

            Transport(int port) {
                this.port = port;
            }
        }

        @Override
        public String type() {
            return "syslog";
        }

        @Override
        public String shown() {
            return host + ":" + port;
        }
    }
}
