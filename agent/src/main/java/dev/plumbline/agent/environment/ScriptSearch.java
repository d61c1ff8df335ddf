package dev.plumbline.agent.environment;

import dev.plumbline.agent.net.Network;
import dev.plumbline.agent.pac.PacHost;
import dev.plumbline.agent.pac.PacOutcome;
import dev.plumbline.agent.pac.PacQuestion;
import dev.plumbline.agent.pac.PacRunner;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.ScriptEnd;
import dev.plumbline.words.Surroundings.Discovery;
import dev.plumbline.words.Surroundings.ProxyScript;
import dev.plumbline.words.Surroundings.ScriptAnswer;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Looks for the network's proxy script (DHCP before DNS, as WPAD has it), fetches it and asks it for every target. */
final class ScriptSearch {
    private static final int MAX_SCRIPT_BYTES = 1 << 20;
    private static final String DHCP = "dhcp";
    private static final String DNS = "wpad-dns";
    private static final int MOST_NAMES = 64;
    private static final Duration NAME_TIMEOUT = Duration.ofMillis(700);

    private final Network network;
    private final PacRunner runner;
    private final ScriptMemory memory;
    private final Duration timeout;
    private final String ownAddress;

    /** @param timeout for the names, and again for the fetch */
    ScriptSearch(Network network, PacRunner runner, ScriptMemory memory, Duration timeout, String ownAddress) {
        this.network = network;
        this.runner = runner;
        this.memory = memory;
        this.timeout = timeout;
        this.ownAddress = ownAddress;
    }

    /** What was looked for, and what the script that was found says of each target. */
    record Result(List<Discovery> discoveries, List<ProxyScript> scripts, Map<TargetId, String> answers) {}

    private record Candidate(String url, String foundBy, Optional<InetAddress> address) {}

    /** Always completes normally. */
    CompletableFuture<Result> run(Ambient ambient, List<Target> targets, long round) {
        List<String> names = WpadNames.under(ambient.searchDomains());
        List<CompletableFuture<NameAsk.Found>> asked =
                names.stream().map(name -> NameAsk.ask(network, name, timeout)).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenCompose(none -> {
            List<Discovery> discoveries = new ArrayList<>(ambient.leases());
            List<Candidate> candidates = new ArrayList<>();
            for (Discovery lease : ambient.leases()) {
                if (lease.method().equals("dhcp-252") && !lease.found().isEmpty()) {
                    candidates.add(new Candidate(lease.found(), DHCP, Optional.empty()));
                }
            }
            for (int i = 0; i < names.size(); i++) {
                NameAsk.Found found = asked.get(i).join();
                String address = found.first().map(InetAddress::getHostAddress).orElse("");
                discoveries.add(new Discovery(DNS, names.get(i), address, found.problem()));
                if (found.first().isPresent()) {
                    candidates.add(new Candidate("http://" + names.get(i) + "/wpad.dat", DNS, found.first()));
                }
            }
            if (candidates.isEmpty()) {
                return CompletableFuture.completedFuture(new Result(discoveries, List.of(), Map.of()));
            }
            return fetch(candidates.get(0), discoveries, targets, round);
        });
    }

    private CompletableFuture<Result> fetch(
            Candidate candidate, List<Discovery> discoveries, List<Target> targets, long round) {
        URI uri = UrlText.parse(candidate.url());
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            return done(candidate, discoveries, Fetch.Fetched.failed("only plain HTTP is fetched"));
        }
        CompletableFuture<NameAsk.Found> address = candidate.address().isPresent()
                ? CompletableFuture.completedFuture(
                        new NameAsk.Found(List.of(candidate.address().get()), ""))
                : NameAsk.ask(network, UrlText.host(uri), timeout);
        return address.thenCompose(found -> {
            if (found.first().isEmpty()) {
                return done(candidate, discoveries, Fetch.Fetched.failed(UrlText.host(uri) + ": " + found.problem()));
            }
            Fetch.Wanted wanted = new Fetch.Wanted(uri, found.first().get(), "*/*", MAX_SCRIPT_BYTES);
            return Fetch.get(network, wanted, timeout).thenCompose(fetched -> {
                if (!fetched.problem().isEmpty()) {
                    return done(candidate, discoveries, fetched);
                }
                return ask(fetched.body(), targets, round)
                        .thenApply(outcome -> result(candidate, discoveries, fetched, outcome, tcp(targets)));
            });
        });
    }

    private static CompletableFuture<Result> done(
            Candidate candidate, List<Discovery> discoveries, Fetch.Fetched fetched) {
        ScriptEnd end = fetched.tooLarge() ? ScriptEnd.TOO_LARGE : ScriptEnd.NOT_FETCHED;
        return CompletableFuture.completedFuture(
                result(candidate, discoveries, fetched, PacOutcome.failed(end, fetched.problem()), List.of()));
    }

    private static Result result(
            Candidate candidate,
            List<Discovery> discoveries,
            Fetch.Fetched fetched,
            PacOutcome outcome,
            List<Target> asked) {
        Map<TargetId, String> answers = new LinkedHashMap<>();
        Map<String, List<String>> byAnswer = new LinkedHashMap<>();
        for (int i = 0; i < outcome.answers().size(); i++) {
            TargetId id = asked.get(i).id();
            answers.put(id, outcome.answers().get(i));
            byAnswer.computeIfAbsent(outcome.answers().get(i), any -> new ArrayList<>())
                    .add(id.value());
        }
        List<ScriptAnswer> grouped = byAnswer.entrySet().stream()
                .map(e -> new ScriptAnswer(e.getKey(), e.getValue()))
                .toList();
        ProxyScript script = new ProxyScript(
                candidate.url(),
                candidate.foundBy(),
                fetched.status(),
                fetched.bytes(),
                outcome.end(),
                outcome.problem(),
                grouped);
        return new Result(discoveries, List.of(script), answers);
    }

    private CompletableFuture<PacOutcome> ask(String script, List<Target> targets, long round) {
        List<PacQuestion> questions =
                tcp(targets).stream().map(t -> question(t, round)).toList();
        return memory.answers(script, questions, ownAddress, () -> runner.run(script, questions, new Asking()));
    }

    private static List<Target> tcp(List<Target> targets) {
        return targets.stream().filter(t -> t.transport().equals(Transport.TCP)).toList();
    }

    /**
     * Without path and query for https, as browsers do it. Of a pool its first name, whatever the round's is: a script that
     * tells members apart would be odd, and the same question need not be asked twice.
     */
    static PacQuestion question(Target target, long round) {
        String host = target.poolSize() > 0 ? target.hosts().get(0) : target.hostInRound(round);
        String url = switch (target.port()) {
            case 80 -> "http://" + host + (target.path().isEmpty() ? "/" : target.path());
            case 443 -> "https://" + host + "/";
            default -> "https://" + host + ":" + target.port() + "/";
        };
        return new PacQuestion(url, host);
    }

    /** Names that the script asks for, each once. */
    private final class Asking implements PacHost {
        private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

        @Override
        public Optional<String> resolve(String name) {
            if (known.size() >= MOST_NAMES && !known.containsKey(name)) {
                return Optional.empty();
            }
            return known.computeIfAbsent(name, this::ask);
        }

        private Optional<String> ask(String name) {
            if (!name.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){0,20}\\.?")) {
                return Optional.empty();
            }
            return NameAsk.ask(network, name, NAME_TIMEOUT).join().first().map(InetAddress::getHostAddress);
        }

        @Override
        public String ownAddress() {
            return ownAddress;
        }

        @Override
        public ZonedDateTime now() {
            return network.ticker().instant().atZone(java.time.ZoneId.systemDefault());
        }
    }
}
