package dev.plumbline.wire;

import dev.plumbline.words.ScriptEnd;
import dev.plumbline.words.Surroundings;
import dev.plumbline.words.Surroundings.CaptivePortal;
import dev.plumbline.words.Surroundings.ClockOffset;
import dev.plumbline.words.Surroundings.Discovery;
import dev.plumbline.words.Surroundings.DnsControl;
import dev.plumbline.words.Surroundings.ProxyScript;
import dev.plumbline.words.Surroundings.ProxySetting;
import dev.plumbline.words.Surroundings.ScriptAnswer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What an agent found around its host. */
final class SurroundingsCodec {
    private SurroundingsCodec() {}

    static dev.plumbline.v1.Surroundings encode(Surroundings seen) {
        dev.plumbline.v1.Surroundings.Builder message = dev.plumbline.v1.Surroundings.newBuilder();
        seen.proxySettings()
                .forEach(s -> message.addProxySettings(dev.plumbline.v1.ProxySetting.newBuilder()
                        .setSource(s.source())
                        .setName(s.name())
                        .setValue(s.value())));
        seen.discoveries()
                .forEach(d -> message.addDiscoveries(dev.plumbline.v1.Discovery.newBuilder()
                        .setMethod(d.method())
                        .setAsked(d.asked())
                        .setFound(d.found())
                        .setProblem(d.problem())));
        seen.proxyScripts().forEach(s -> message.addProxyScripts(script(s)));
        seen.dnsControls()
                .forEach(c -> message.addDnsControls(dev.plumbline.v1.DnsControl.newBuilder()
                        .setKind(c.kind())
                        .setLookup(LookupCodec.encode(c.lookup()))
                        .setEchoedName(c.echoedName())));
        seen.captivePortal()
                .ifPresent(p -> message.setCaptivePortal(dev.plumbline.v1.CaptivePortal.newBuilder()
                        .setUrl(p.url())
                        .setStatus(p.status())
                        .setProblem(p.problem())
                        .setCaptive(p.captive())
                        .setUserPortalUrl(p.userPortalUrl())));
        seen.clockOffset()
                .ifPresent(c -> message.setClockOffset(dev.plumbline.v1.ClockOffset.newBuilder()
                        .setOffsetMicros(signedMicros(c.offset()))
                        .setBoundMicros(Fields.micros(c.bound()))
                        .setMeasuredAt(Fields.timestamp(c.measuredAt()))));
        return message.build();
    }

    static Surroundings decode(dev.plumbline.v1.Surroundings message) throws WireException {
        return new Surroundings(
                Fields.each(
                        message.getProxySettingsList(),
                        "proxy_settings",
                        s -> new ProxySetting(s.getSource(), s.getName(), s.getValue())),
                Fields.each(
                        message.getDiscoveriesList(),
                        "discoveries",
                        d -> new Discovery(d.getMethod(), d.getAsked(), d.getFound(), d.getProblem())),
                Fields.each(message.getProxyScriptsList(), "proxy_scripts", SurroundingsCodec::script),
                Fields.each(message.getDnsControlsList(), "dns_controls", SurroundingsCodec::control),
                message.hasCaptivePortal()
                        ? Optional.of(Fields.required(
                                true, message.getCaptivePortal(), "captive_portal", SurroundingsCodec::portal))
                        : Optional.empty(),
                message.hasClockOffset()
                        ? Optional.of(Fields.required(
                                true, message.getClockOffset(), "clock_offset", SurroundingsCodec::clock))
                        : Optional.empty());
    }

    private static dev.plumbline.v1.ProxyScript script(ProxyScript script) {
        dev.plumbline.v1.ProxyScript.Builder message = dev.plumbline.v1.ProxyScript.newBuilder()
                .setUrl(script.url())
                .setFoundBy(script.foundBy())
                .setStatus(script.status())
                .setBytes(script.bytes())
                .setEndValue(script.end().number())
                .setProblem(script.problem());
        script.answers()
                .forEach(a -> message.addAnswers(dev.plumbline.v1.ScriptAnswer.newBuilder()
                        .setAnswer(a.answer())
                        .addAllTargetIds(a.targets())));
        return message.build();
    }

    private static ProxyScript script(dev.plumbline.v1.ProxyScript message) throws WireException {
        return new ProxyScript(
                message.getUrl(),
                message.getFoundBy(),
                Fields.count(message.getStatus(), "status"),
                Fields.count(message.getBytes(), "bytes"),
                ScriptEnd.ofNumber(message.getEndValue()),
                message.getProblem(),
                Fields.each(
                        message.getAnswersList(),
                        "answers",
                        a -> new ScriptAnswer(a.getAnswer(), a.getTargetIdsList())));
    }

    private static DnsControl control(dev.plumbline.v1.DnsControl message) throws WireException {
        return new DnsControl(
                message.getKind(),
                Fields.required(message.hasLookup(), message.getLookup(), "lookup", LookupCodec::decode),
                message.getEchoedName());
    }

    private static CaptivePortal portal(dev.plumbline.v1.CaptivePortal message) throws WireException {
        return new CaptivePortal(
                message.getUrl(),
                Fields.count(message.getStatus(), "status"),
                message.getProblem(),
                message.getCaptive(),
                message.getUserPortalUrl());
    }

    private static ClockOffset clock(dev.plumbline.v1.ClockOffset message) throws WireException {
        return new ClockOffset(
                Duration.of(message.getOffsetMicros(), ChronoUnit.MICROS),
                Fields.span(message.getBoundMicros(), "bound_micros"),
                Fields.instant(message.hasMeasuredAt(), message.getMeasuredAt(), "measured_at"));
    }

    private static long signedMicros(Duration span) {
        return span.isNegative() ? -Fields.micros(span.negated()) : Fields.micros(span);
    }
}
