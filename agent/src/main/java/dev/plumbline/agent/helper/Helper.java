package dev.plumbline.agent.helper;

import dev.plumbline.agent.helper.HelperSettings.Place;
import dev.plumbline.agent.time.Ticker;
import dev.plumbline.config.ConfigException;
import dev.plumbline.words.Sha256;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The echoes that this agent serves, if its configuration names any. */
public final class Helper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Helper.class);

    private final Optional<EchoServer> echoes;
    private final Optional<Sha256> pin;
    private final List<InetSocketAddress> listening;

    private Helper(Optional<EchoServer> echoes, Optional<Sha256> pin, List<InetSocketAddress> listening) {
        this.echoes = echoes;
        this.pin = pin;
        this.listening = List.copyOf(listening);
    }

    /**
     * Listens where the settings say; does nothing, and makes no key, when they name nowhere.
     *
     * @param data the agent's data folder, where the key is kept
     * @throws ConfigException when the key cannot be kept or a place cannot be listened on
     */
    public static Helper start(HelperSettings settings, Path data, Ticker ticker) throws ConfigException {
        if (settings.listen().isEmpty()) {
            return new Helper(Optional.empty(), Optional.empty(), List.of());
        }
        HelperKey key = HelperKey.in(data, ticker.instant());
        EchoServer echoes = EchoServer.with(key, ticker);
        List<String> problems = new ArrayList<>();
        List<InetSocketAddress> listening = new ArrayList<>();
        for (Place listen : settings.listen()) {
            try {
                listening.add(echoes.listen(listen));
            } catch (EchoServer.Refused e) {
                problems.add("helper.listen: " + listen + " cannot be listened on: " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            echoes.close();
            throw new ConfigException(problems);
        }
        LOG.info("helper: echoes at {}; pin {}", settings.listen(), key.pin());
        return new Helper(Optional.of(echoes), Optional.of(key.pin()), listening);
    }

    /** SHA-256 of the public key that the TLS echo shows: what agents elsewhere must be told. */
    public Optional<Sha256> pin() {
        return pin;
    }

    /** Where it listens, in the order of the settings. */
    public List<InetSocketAddress> listening() {
        return listening;
    }

    @Override
    public void close() {
        echoes.ifPresent(EchoServer::close);
    }
}
