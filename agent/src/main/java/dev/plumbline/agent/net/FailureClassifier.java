package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** The one place where what the operating system and the libraries throw becomes a failure kind. */
public final class FailureClassifier {
    /** Native transports name the errno, whatever language the text after it is in. Libraries repeat what peers said, too. */
    private static final Pattern ERRNO = Pattern.compile("error\\((-?\\d{1,9})\\)");

    private static final Pattern BORINGSSL_ALERT = Pattern.compile("(?:SSLV3|TLSV1)_ALERT_([A-Z0-9_]+)");
    private static final Pattern JDK_ALERT = Pattern.compile("fatal alert: ([a-z0-9_]+)");

    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int EPIPE = 32;
    private static final int EADDRINUSE = 98;
    private static final int EADDRNOTAVAIL = 99;
    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int ECONNRESET = 104;
    private static final int ENOBUFS = 105;
    private static final int ETIMEDOUT = 110;
    private static final int ECONNREFUSED = 111;
    private static final int EHOSTUNREACH = 113;

    private FailureClassifier() {}

    /** How CONNECT failed. */
    public static Failure connecting(Throwable thrown) {
        return Failure.of(connectKind(thrown), text(thrown));
    }

    /** How a TLS handshake failed on a connection that stood. */
    public static Failure securing(Throwable thrown) {
        String alert = alert(thrown);
        if (!alert.isEmpty()) {
            return Failure.of(FailureKind.TLS_ALERT, alert);
        }
        return Failure.of(secureKind(thrown), text(thrown));
    }

    /** How a QUIC handshake failed where the peer did not say it in a CONNECTION_CLOSE. */
    public static Failure securingDatagrams(Throwable thrown) {
        return Failure.of(quicKind(thrown), text(thrown));
    }

    /** How a conversation failed on a connection that stood, or on UDP. */
    public static Failure exchanging(Throwable thrown) {
        return Failure.of(exchangeKind(thrown), text(thrown));
    }

    /** How a question to a resolver failed. */
    public static Failure lookingUp(Throwable thrown) {
        FailureKind kind = connectKind(thrown);
        return Failure.of(kind == FailureKind.LOCAL ? FailureKind.LOCAL : FailureKind.DNS_UNREACHABLE, text(thrown));
    }

    private static FailureKind connectKind(Throwable thrown) {
        if (thrown instanceof ConnectTimeoutException || thrown instanceof TimeoutException) {
            return FailureKind.CONNECT_SILENT;
        }
        return switch (errno(thrown)) {
            case ECONNREFUSED, ECONNRESET -> FailureKind.CONNECT_RESET;
            case EHOSTUNREACH -> FailureKind.HOST_UNREACHABLE;
            case ENETUNREACH, ENETDOWN -> FailureKind.NETWORK_UNREACHABLE;
            case EACCES -> FailureKind.CONNECT_PROHIBITED;
            case ETIMEDOUT -> FailureKind.CONNECT_SILENT;
            default -> FailureKind.LOCAL;
        };
    }

    private static FailureKind secureKind(Throwable thrown) {
        if (thrown instanceof SslHandshakeTimeoutException || thrown instanceof TimeoutException) {
            return FailureKind.TLS_SILENT;
        }
        if (thrown instanceof NotSslRecordException) {
            return FailureKind.TLS_MALFORMED;
        }
        if (isReset(thrown)) {
            return FailureKind.TLS_RESET;
        }
        if (isClosed(thrown)) {
            return FailureKind.TLS_CLOSED;
        }
        return isLocal(thrown) ? FailureKind.LOCAL : FailureKind.TLS_MALFORMED;
    }

    private static FailureKind quicKind(Throwable thrown) {
        if (isReset(thrown) || thrown instanceof PortUnreachableException) {
            return FailureKind.TLS_RESET;
        }
        if (thrown instanceof ConnectTimeoutException || thrown instanceof TimeoutException) {
            return FailureKind.TLS_SILENT;
        }
        boolean ofSocket = thrown instanceof IOException && !(thrown instanceof SSLException) && !isClosed(thrown);
        return ofSocket ? connectKind(thrown) : secureKind(thrown);
    }

    private static FailureKind exchangeKind(Throwable thrown) {
        if (thrown instanceof TimeoutException) {
            return FailureKind.EXCHANGE_SILENT;
        }
        if (thrown instanceof DecoderException || thrown instanceof DecompressionException) {
            return FailureKind.EXCHANGE_MALFORMED;
        }
        if (isReset(thrown) || thrown instanceof PortUnreachableException) {
            return FailureKind.EXCHANGE_RESET;
        }
        if (isClosed(thrown)) {
            return FailureKind.EXCHANGE_CLOSED;
        }
        if (thrown instanceof SSLException) {
            return FailureKind.EXCHANGE_MALFORMED;
        }
        return thrown instanceof IOException ? connectKind(thrown) : FailureKind.EXCHANGE_MALFORMED;
    }

    private static boolean isReset(Throwable thrown) {
        int errno = errno(thrown);
        return errno == ECONNRESET || errno == EPIPE || errno == ECONNREFUSED;
    }

    private static boolean isClosed(Throwable thrown) {
        return thrown instanceof ClosedChannelException
                || message(thrown).toLowerCase(Locale.ROOT).contains("closed")
                || message(thrown).contains("terminated the handshake");
    }

    private static boolean isLocal(Throwable thrown) {
        return switch (errno(thrown)) {
            case EMFILE, ENFILE, ENOBUFS, EPERM -> true;
            default -> false;
        };
    }

    /** The errno, read off the native message or guessed from the JDK's class and English text; 0 when unknown. */
    private static int errno(Throwable thrown) {
        Matcher native_ = ERRNO.matcher(message(thrown));
        if (native_.find()) {
            return Math.abs(Integer.parseInt(native_.group(1)));
        }
        if (!(thrown instanceof IOException)) {
            return 0;
        }
        return errnoOfText(thrown, message(thrown).toLowerCase(Locale.ROOT));
    }

    private static int errnoOfText(Throwable thrown, String text) {
        if (text.contains("network is unreachable")) {
            return ENETUNREACH;
        }
        if (text.contains("permission denied")) {
            // Java 17 calls ICMPv6 prohibited a BindException.
            return EACCES;
        }
        if (text.contains("too many open files")) {
            return EMFILE;
        }
        if (text.contains("cannot assign requested address")) {
            return EADDRNOTAVAIL;
        }
        if (text.contains("connection reset") || text.contains("broken pipe")) {
            return ECONNRESET;
        }
        if (text.contains("timed out")) {
            return ETIMEDOUT;
        }
        return errnoOfClass(thrown, text);
    }

    private static int errnoOfClass(Throwable thrown, String text) {
        if (thrown instanceof NoRouteToHostException || text.contains("no route to host")) {
            return EHOSTUNREACH;
        }
        if (thrown instanceof BindException) {
            return EADDRINUSE;
        }
        boolean refused = thrown instanceof ConnectException || text.contains("connection refused");
        return refused && thrown instanceof SocketException ? ECONNREFUSED : 0;
    }

    /** The alert that the peer sent, empty when it sent none. */
    private static String alert(Throwable thrown) {
        if (!(thrown instanceof SSLException)) {
            return "";
        }
        Matcher boring = BORINGSSL_ALERT.matcher(message(thrown));
        if (boring.find()) {
            return boring.group(1).toLowerCase(Locale.ROOT);
        }
        Matcher jdk = JDK_ALERT.matcher(message(thrown));
        return jdk.find() ? jdk.group(1) : "";
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "" : message;
    }

    private static String text(Throwable thrown) {
        String message = message(thrown);
        if (message.isEmpty()) {
            return thrown.getClass().getSimpleName();
        }
        // The native transport gives no text for this one.
        return thrown instanceof NoRouteToHostException ? message.replaceFirst("^null:", "no route to host:") : message;
    }
}
