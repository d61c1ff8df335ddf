package dev.plumbline.agent.forecast;

/**
 * Traffic that belongs to no single destination.
 *
 * @param what a few words for a table
 * @param sentence what it is for and what of it may look unusual
 */
public record Beside(String what, String sentence, Traffic aDay) {}
