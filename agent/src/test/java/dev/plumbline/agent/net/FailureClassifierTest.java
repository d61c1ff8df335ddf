package dev.plumbline.agent.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.words.FailureKind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailureClassifierTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout      | connection timed out                                             | CONNECT_SILENT
            connect      | finishConnect(..) failed with error(-111): Connection refused    | CONNECT_RESET
            connect      | finishConnect(..) failed with error(-111): Verbindungsaufbau     | CONNECT_RESET
            connect      | Connection refused                                               | CONNECT_RESET
            connect      | finishConnect(..) failed with error(-110): Connection timed out  | CONNECT_SILENT
            noroute      | finishConnect(..) failed with error(-113): No route to host      | HOST_UNREACHABLE
            noroute      | No route to host                                                 | HOST_UNREACHABLE
            noroute      | connect(..) failed with error(-101): Network is unreachable      | NETWORK_UNREACHABLE
            connect      | Network is unreachable                                           | NETWORK_UNREACHABLE
            connect      | finishConnect(..) failed with error(-13): Permission denied      | CONNECT_PROHIBITED
            bind         | Permission denied                                                | CONNECT_PROHIBITED
            bind         | Address already in use                                           | LOCAL
            io           | socket(..) failed with error(-24): Too many open files           | LOCAL
            io           | Too many open files                                              | LOCAL
            connect      | connect(..) failed with error(-99): Cannot assign requested addr | LOCAL
            connect      | connect(..) failed with error(-1): Operation not permitted       | LOCAL
            """)
    void connectFailuresAreToldApart(String thrown, String message, FailureKind kind) {
        assertThat(FailureClassifier.connecting(of(thrown, message)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            handshake-timeout | handshake timed out after 10ms                                        | TLS_SILENT
            io                | recvAddress(..) failed with error(-104): Connection reset by peer     | TLS_RESET
            socket            | Connection reset                                                      | TLS_RESET
            io                | writevAddresses(..) failed with error(-32): Broken pipe               | TLS_RESET
            closed            |                                                                       | TLS_CLOSED
            ssl-handshake     | Connection closed while SSL/TLS handshake was in progress             | TLS_CLOSED
            ssl-handshake     | Remote host terminated the handshake                                  | TLS_CLOSED
            ssl-handshake     | error:10000460:SSL routines:OPENSSL_internal:TLSV1_ALERT_NO_APPLICATION_PROTOCOL | TLS_ALERT
            ssl-handshake     | error:10000410:SSL routines:OPENSSL_internal:SSLV3_ALERT_HANDSHAKE_FAILURE | TLS_ALERT
            ssl-handshake     | Received fatal alert: unrecognized_name                               | TLS_ALERT
            not-ssl           | not an SSL/TLS record: 485454502f                                     | TLS_MALFORMED
            ssl-handshake     | error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER     | TLS_MALFORMED
            """)
    void handshakeFailuresAreToldApart(String thrown, String message, FailureKind kind) {
        assertThat(FailureClassifier.securing(of(thrown, message)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            java-timeout | no answer                                                            | EXCHANGE_SILENT
            io           | recvAddress(..) failed with error(-104): Connection reset by peer    | EXCHANGE_RESET
            unreachable  |                                                                      | EXCHANGE_RESET
            io           | recvAddress(..) failed with error(-111): Connection refused          | EXCHANGE_RESET
            closed       |                                                                      | EXCHANGE_CLOSED
            decoder      | text is empty                                                        | EXCHANGE_MALFORMED
            ssl          | bad record MAC                                                       | EXCHANGE_MALFORMED
            ssl          | the peer says error(99999999999)                                     | EXCHANGE_MALFORMED
            io           | recvmsg(..) failed with error(-113): No route to host                | HOST_UNREACHABLE
            io           | recvmsg(..) failed with error(-13): Permission denied                | CONNECT_PROHIBITED
            """)
    void exchangeFailuresAreToldApart(String thrown, String message, FailureKind kind) {
        assertThat(FailureClassifier.exchanging(of(thrown, message)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "error:1:SSL routines:OPENSSL_internal:TLSV1_ALERT_NO_APPLICATION_PROTOCOL, no_application_protocol",
        "Received fatal alert: handshake_failure, handshake_failure"
    })
    void anAlertIsNamed(String message, String name) {
        assertThat(FailureClassifier.securing(new SSLHandshakeException(message))
                        .detail())
                .isEqualTo(name);
    }

    private static Throwable of(String thrown, String message) {
        return switch (thrown) {
            case "timeout" -> new ConnectTimeoutException(message);
            case "java-timeout" -> new TimeoutException(message);
            case "connect" -> new ConnectException(message);
            case "noroute" -> new NoRouteToHostException(message);
            case "bind" -> new BindException(message);
            case "io" -> new IOException(message);
            case "socket" -> new SocketException(message);
            case "closed" -> new ClosedChannelException();
            case "unreachable" -> new PortUnreachableException();
            case "handshake-timeout" -> new SslHandshakeTimeoutException(message);
            case "ssl-handshake" -> new SSLHandshakeException(message);
            case "ssl" -> new SSLException(message);
            case "not-ssl" -> new NotSslRecordException(message);
            case "decoder" -> new DecoderException(message);
            default -> throw new IllegalArgumentException(thrown);
        };
    }
}
