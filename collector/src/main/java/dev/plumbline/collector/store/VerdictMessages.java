package dev.plumbline.collector.store;

import static dev.plumbline.wire.Fields.timestamp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Excuse;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Recent;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.v1.ExplainTargetResponse;
import dev.plumbline.v1.FindingChange;
import dev.plumbline.v1.RoundLook;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Between the words of a verdict and the messages of the query contract, which are also how verdicts lie on disk. */
public final class VerdictMessages {
    private VerdictMessages() {}

    /** A cell with its timeline and rules; what only the plan knows (host, port, service) and what others saw is left empty. */
    public static ExplainTargetResponse message(Cell cell) {
        ExplainTargetResponse.Builder all = ExplainTargetResponse.newBuilder()
                .setCell(dev.plumbline.v1.Cell.newBuilder()
                        .setSegment(cell.segment().value())
                        .setTargetId(cell.target().value())
                        .setState(cell.state().name())
                        .setBecause(cell.because())
                        .setRequired(cell.required())
                        .setRound(cell.round())
                        .setObservedAt(timestamp(cell.observedAt()))
                        .setSoft(cell.soft())
                        .addAllAddresses(cell.addresses())
                        .setLatencyMicros(TimeUnit.MICROSECONDS.convert(cell.latency()))
                        .setFlappedBefore(cell.recent().flappedBefore())
                        .setBrokenSinceRound(cell.recent().brokenSince().orElse(0))
                        .addAllRecent(cell.recent().looks().stream()
                                .map(l -> RoundLook.newBuilder()
                                        .setRound(l.round())
                                        .setBroken(l.broken())
                                        .build())
                                .toList())
                        .setSeen(message(cell.seen())))
                .addAllTimeline(cell.timeline());
        for (RuleTrace rule : cell.rules()) {
            all.addRules(dev.plumbline.v1.RuleTrace.newBuilder()
                    .setRule(rule.rule())
                    .setWon(rule.won())
                    .setBecause(rule.because()));
        }
        return all.build();
    }

    /**
     * The cell of a row alone: what explains it, the larger part, is not read.
     *
     * @throws IOException when the row holds no verdict
     */
    static dev.plumbline.v1.Cell shown(byte[] row) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(row);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == ExplainTargetResponse.CELL_FIELD_NUMBER) {
                return in.readMessage(dev.plumbline.v1.Cell.parser(), ExtensionRegistryLite.getEmptyRegistry());
            }
            in.skipField(tag);
        }
        return dev.plumbline.v1.Cell.getDefaultInstance();
    }

    /** A cell without what explains it. */
    static Cell cell(dev.plumbline.v1.Cell shown) {
        return cell(ExplainTargetResponse.newBuilder().setCell(shown).build());
    }

    static Cell cell(ExplainTargetResponse all) {
        dev.plumbline.v1.Cell cell = all.getCell();
        return new Cell(
                new SegmentId(cell.getSegment()),
                new TargetId(cell.getTargetId()),
                cell.getRequired(),
                State.valueOf(cell.getState()),
                cell.getBecause(),
                cell.getSoft(),
                cell.getRound(),
                instant(cell.getObservedAt()),
                cell.getAddressesList(),
                Duration.of(cell.getLatencyMicros(), ChronoUnit.MICROS),
                all.getTimelineList(),
                all.getRulesList().stream()
                        .map(r -> new RuleTrace(r.getRule(), r.getWon(), r.getBecause()))
                        .toList(),
                new Recent(
                        cell.getRecentList().stream()
                                .map(l -> new Recent.Look(l.getRound(), l.getBroken()))
                                .toList(),
                        cell.getFlappedBefore(),
                        brokenSince(cell)),
                seen(cell.getSeen()));
    }

    private static OptionalLong brokenSince(dev.plumbline.v1.Cell cell) {
        return cell.getBrokenSinceRound() == 0 ? OptionalLong.empty() : OptionalLong.of(cell.getBrokenSinceRound());
    }

    private static dev.plumbline.v1.Seen message(Seen seen) {
        return dev.plumbline.v1.Seen.newBuilder()
                .addAllIssuers(seen.issuers())
                .addAllAnswers(seen.answers())
                .setHopsLeast(seen.hopsLeast())
                .setHopsMost(seen.hopsMost())
                .setIdleStoodSeconds(seen.idle().stood().toSeconds())
                .setIdleEndedSeconds(seen.idle().ended().toSeconds())
                .setIdleEnd(seen.idle().how())
                .build();
    }

    public static Seen seen(dev.plumbline.v1.Seen message) {
        return new Seen(
                message.getIssuersList(),
                message.getAnswersList(),
                message.getHopsLeast(),
                message.getHopsMost(),
                new Seen.Idle(
                        Duration.ofSeconds(message.getIdleStoodSeconds()),
                        Duration.ofSeconds(message.getIdleEndedSeconds()),
                        message.getIdleEnd()));
    }

    public static dev.plumbline.v1.Finding message(Incident incident) {
        Finding finding = incident.finding();
        dev.plumbline.v1.Finding.Builder message = dev.plumbline.v1.Finding.newBuilder()
                .setId(incident.id())
                .setPlace(finding.place().word())
                .setMechanism(finding.mechanism().id())
                .setScope(finding.scope().toString())
                .setSeverity(finding.severity().name().toLowerCase(Locale.ROOT))
                .setRemedy(finding.remedy())
                .setSentence(finding.sentence())
                .setOpenedAt(timestamp(incident.openedAt()))
                .setRound(incident.round());
        finding.excuse().ifPresent(e -> message.setExcuse(e.kind().name()).setExcuseSaid(e.said()));
        incident.closedAt().ifPresent(at -> message.setClosedAt(timestamp(at)));
        incident.reopenedAt().ifPresent(at -> message.setReopenedAt(timestamp(at)));
        message.setTimesReopened(incident.reopened())
                .setFlapping(incident.flapping())
                .setHistoryDropped(incident.history().dropped());
        incident.history().changes().forEach(c -> message.addHistory(message(c)));
        finding.targets().forEach(t -> message.addTargetIds(t.value()));
        finding.witnesses().forEach(w -> message.addWitnesses(message(w)));
        return message.build();
    }

    static Incident incident(dev.plumbline.v1.Finding message) {
        Finding finding = new Finding(
                new Place(message.getPlace()),
                Mechanism.ofId(message.getMechanism()),
                Scope.parse(message.getScope()),
                message.getTargetIdsList().stream().map(TargetId::new).toList(),
                message.getWitnessesList().stream()
                        .map(VerdictMessages::witness)
                        .toList(),
                message.getSentence(),
                message.getRemedy(),
                message.getExcuse().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Excuse(Excuse.Kind.valueOf(message.getExcuse()), message.getExcuseSaid())));
        return new Incident(
                message.getId(),
                finding,
                instant(message.getOpenedAt()),
                message.hasClosedAt() ? Optional.of(instant(message.getClosedAt())) : Optional.empty(),
                message.getRound(),
                message.getTimesReopened(),
                message.hasReopenedAt() ? Optional.of(instant(message.getReopenedAt())) : Optional.empty(),
                message.getFlapping(),
                new History(
                        message.getHistoryList().stream()
                                .map(VerdictMessages::change)
                                .toList(),
                        message.getHistoryDropped()));
    }

    private static FindingChange message(Change change) {
        return FindingChange.newBuilder()
                .setKind(change.kind().name())
                .setRound(change.round())
                .setAt(timestamp(change.at()))
                .setSaid(change.said())
                .build();
    }

    private static Change change(FindingChange message) {
        return new Change(
                Change.Kind.valueOf(message.getKind()),
                message.getRound(),
                instant(message.getAt()),
                message.getSaid());
    }

    public static dev.plumbline.v1.Requirement message(Requirement requirement) {
        return dev.plumbline.v1.Requirement.newBuilder()
                .setId(requirement.id())
                .setVerdict(requirement.verdict().name())
                .setBecause(requirement.because())
                .setStillWorks(requirement.stillWorks().name())
                .setWaived(requirement.waived())
                .build();
    }

    private static dev.plumbline.v1.Witness message(Witness witness) {
        return dev.plumbline.v1.Witness.newBuilder()
                .setSegment(witness.segment().value())
                .setAgent(witness.agent())
                .setTargetId(witness.target().value())
                .setTransport(witness.transport().word())
                .setLocal(text(witness.local()))
                .setRemote(text(witness.remote()))
                .setAt(timestamp(witness.at()))
                .setSaw(witness.saw())
                .build();
    }

    private static Witness witness(dev.plumbline.v1.Witness message) {
        return new Witness(
                new SegmentId(message.getSegment()),
                message.getAgent(),
                new TargetId(message.getTargetId()),
                Transport.ofWord(message.getTransport()),
                endpoint(message.getLocal()),
                endpoint(message.getRemote()),
                instant(message.getAt()),
                message.getSaw());
    }

    private static String text(Endpoint endpoint) {
        return endpoint.equals(Endpoint.NONE) ? "" : endpoint.toString();
    }

    private static Endpoint endpoint(String text) {
        if (text.isEmpty()) {
            return Endpoint.NONE;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is no endpoint, which has a port");
        }
        String address = text.substring(0, colon);
        return new Endpoint(
                address.startsWith("[") ? address.substring(1, address.length() - 1) : address,
                Integer.parseInt(text.substring(colon + 1)));
    }

    /** @throws IllegalArgumentException when no calendar reaches so far */
    public static Instant instant(Timestamp at) {
        try {
            return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(at.getSeconds() + " s is no time that can be told", e);
        }
    }
}
