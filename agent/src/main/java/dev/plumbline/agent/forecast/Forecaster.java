package dev.plumbline.agent.forecast;

import dev.plumbline.agent.hold.HoldSettings;
import dev.plumbline.agent.probe.Distances;
import dev.plumbline.agent.probe.Probes;
import dev.plumbline.agent.round.RoundSettings;
import dev.plumbline.agent.schedule.Assignment;
import dev.plumbline.agent.schedule.DayOfRounds;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Walks through the rounds of a day as the schedule would and adds up what each would send. Pure. */
public final class Forecaster {
    private final Plan plan;
    private final Function<String, Families> addresses;
    private final Map<TargetId, Tally> tallies = new HashMap<>();
    private final List<Traffic> rounds = new ArrayList<>();
    private Traffic names = Traffic.NONE;
    private Traffic canaries = Traffic.NONE;
    private Traffic distances = Traffic.NONE;

    private Forecaster(Plan plan, Function<String, Families> addresses) {
        this.plan = plan;
        this.addresses = addresses;
    }

    /**
     * @param addresses how many addresses each name leads to, over which families this host has a way
     * @param helpers further connections that are held, to a helper
     * @param from some instant of the day's first round
     */
    public static Forecast of(
            Plan plan,
            HoldSettings hold,
            int helpers,
            List<String> sources,
            Function<String, Families> addresses,
            Instant from) {
        Forecaster day = new Forecaster(plan, addresses);
        DayOfRounds.tell(plan, from, day::round);
        return day.forecast(hold, helpers, sources);
    }

    private void round(Assignment assignment) {
        Distances watched = Distances.ofHealthy(assignment.targets(), assignment.round(), false);
        Set<String> asked = new HashSet<>();
        Traffic sum = Traffic.NONE;
        Traffic questions = Traffic.NONE;
        for (Target target : assignment.targets()) {
            String host = target.hostInRound(assignment.round());
            if (asked.add(host + questionsFor(target))) {
                questions = questions.plus(Cost.QUESTION.times(questionsFor(target)));
            }
            Families families = families(target, host);
            Traffic own = probe(target, families);
            Traffic canary = watched.wantsCanary(target) ? Cost.CANARY.times(families.count()) : Traffic.NONE;
            Traffic distance = watched.wantsDistance(target) ? Cost.DISTANCE.times(families.count()) : Traffic.NONE;
            tallies.computeIfAbsent(target.id(), id -> new Tally()).add(own);
            canaries = canaries.plus(canary);
            distances = distances.plus(distance);
            sum = sum.plus(own).plus(canary).plus(distance);
        }
        names = names.plus(questions);
        rounds.add(sum.plus(questions));
    }

    /** A and AAAA, or TXT alone. */
    private static int questionsFor(Target target) {
        return target.probe() == ProbeKind.NAME_TEXT ? 1 : 2;
    }

    private Families families(Target target, String host) {
        return target.probe().asksNamesOnly() ? Families.NONE : addresses.apply(host);
    }

    /** Every address is connected to, the first few are talked to, one of a family is made further offers. */
    private static Traffic probe(Target target, Families families) {
        int talks = families.talks(Probes.talksPerFamily(target.probe()));
        Traffic said = Cost.of(target.probe()).each().times(talks);
        if (!target.transport().equals(Transport.TCP)) {
            return said;
        }
        return said.plus(Cost.CONNECTION.times(families.all() - talks))
                .plus(Cost.CONNECTION.plus(Cost.HANDSHAKE).times((long) Probes.offersApart(target) * families.count()));
    }

    private Forecast forecast(HoldSettings hold, int helpers, List<String> sources) {
        List<Destination> destinations = plan.targets().stream()
                .map(this::destination)
                .sorted(Comparator.comparing(Forecaster::section))
                .toList();
        Traffic stream = Stream.aDay(rounds.size(), destinations);
        int held = hold.ports().size() + helpers;
        List<Beside> besides = besides(hold, held, stream);
        Traffic total = besides.stream().map(Beside::aDay).reduce(Traffic.NONE, Traffic::plus);
        for (Destination destination : destinations) {
            total = total.plus(destination.aDay());
        }
        List<Traffic> sorted = rounds.stream()
                .sorted(Comparator.comparingLong(Traffic::packets))
                .toList();
        return new Forecast(
                plan,
                sources,
                destinations,
                besides,
                total,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1),
                demanded(),
                RoundSettings.MOST_UNATTENDED,
                held);
    }

    private List<Beside> besides(HoldSettings hold, int held, Traffic stream) {
        return List.of(
                new Beside(
                        "name questions",
                        "A, AAAA and for one name TXT, to the host's resolvers, udp/53 (tcp/53 where an answer is cut)",
                        names),
                new Beside(
                        "closed ports",
                        "in every round one SYN to the port after the target's own, such as 5224 or 444, which must be"
                                + " closed: an answer betrays a box that accepts everything",
                        canaries),
                new Beside(
                        "distances",
                        "in one round of twelve some 30 SYNs to one address of a family, with small TTLs, for two kinds"
                                + " of target: at how many hops does somebody answer",
                        distances),
                new Beside(
                        "quiet connections",
                        held + " at a time, TLS, left without a byte for up to "
                                + hold.ages().get(hold.ages().size() - 1).toMinutes()
                                + " min, then closed: " + Holds.timesADay(hold) + " a day on each port where nothing"
                                + " cuts them, at most " + Holds.mostTimesADay(hold) + " where something does",
                        Holds.aDay(hold).times(held)),
                new Beside(
                        "to the collector",
                        "one TLS connection that stands for days, a ping every 20 s, observations after each round",
                        stream));
    }

    private static Integer section(Destination destination) {
        return destination.target().services().stream()
                .map(Enum::ordinal)
                .min(Comparator.naturalOrder())
                .orElse(Integer.MAX_VALUE);
    }

    private Destination destination(Target target) {
        Tally tally = tallies.getOrDefault(target.id(), new Tally());
        Duration round = plan.settings().round();
        Duration every = target.minimumInterval().compareTo(round) > 0 ? target.minimumInterval() : round;
        return new Destination(target, every, tally.times, Cost.of(target.probe()), tally.sum);
    }

    /** Every target, of a pool all names and on its first port every address, as if no two names shared one. */
    private Traffic demanded() {
        Distances watched = Distances.ofHealthy(plan.targets(), 0, true);
        Traffic sum = Traffic.NONE;
        Set<String> asked = new HashSet<>();
        Set<String> swept = new HashSet<>();
        for (Target target : plan.targets()) {
            boolean sweep = target.poolSize() > 0 && swept.add(target.host());
            Families own = families(target, target.hosts().get(0));
            for (String host : sweep ? target.hosts() : target.hosts().subList(0, 1)) {
                if (asked.add(host + questionsFor(target))) {
                    sum = sum.plus(Cost.QUESTION.times(questionsFor(target)));
                }
            }
            long others = sweep ? (long) (target.poolSize() - 1) * own.all() : 0;
            sum = sum.plus(probe(target, own)).plus(Cost.CONNECTION.times(others));
            if (watched.wantsCanary(target)) {
                sum = sum.plus(Cost.CANARY.times(own.count()));
            }
            if (watched.wantsDistance(target)) {
                sum = sum.plus(Cost.DISTANCE.times(own.count()));
            }
        }
        return sum;
    }

    private static final class Tally {
        private long times;
        private Traffic sum = Traffic.NONE;

        void add(Traffic one) {
            times++;
            sum = sum.plus(one);
        }
    }
}
