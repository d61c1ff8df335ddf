package dev.plumbline.collector.finding;

/** Why a rule won or lost. */
public record RuleTrace(String rule, boolean won, String because) {}
