package dev.plumbline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MetricsSettingsTest {
    @TempDir
    Path folder;

    private Optional<MetricsSettings> read(String text) throws Exception {
        Path file = folder.resolve("agent.yaml");
        Files.writeString(file, text);
        ConfigFile config = ConfigFile.read(file);
        Optional<MetricsSettings> settings = MetricsSettings.read(config.root(), 9464);
        config.finish();
        return settings;
    }

    @Test
    void nothingIsShownUnlessAskedFor() throws Exception {
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | 127.0.0.1 | 9464 | false
            {listen: '[::1]:7'}                             | ::1       | 7    | false
            {listen: '127.0.0.1:0', token: t}               | 127.0.0.1 | 0    | true
            {listen: '192.0.2.7:9464', token: t}            | 192.0.2.7 | 9464 | true
            """)
    void whatIsWrittenCounts(String written, String address, int port, boolean hasToken) throws Exception {
        MetricsSettings settings = read("metrics: " + written).orElseThrow();
        assertThat(settings.listen()).isEqualTo(new InetSocketAddress(address, port));
        assertThat(settings.token()).isEqualTo(hasToken ? Optional.of(folder.resolve("t")) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {listen: '0.0.0.0:9464'}   | metrics.token  | is not on loopback
            {listen: 'host:9464'}      | metrics.listen | write ADDRESS:PORT
            {listen: '127.0.0.1'}      | metrics.listen | write ADDRESS:PORT
            {listen: '127.0.0.1:70000'} | metrics.listen | write ADDRESS:PORT
            {port: 9464}               | metrics.port   | is no key here
            """)
    void whatIsWrongIsToldWithItsKey(String written, String key, String said) {
        assertThatThrownBy(() -> read("metrics: " + written))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("agent.yaml:1: " + key)
                .hasMessageContaining(said);
    }
}
