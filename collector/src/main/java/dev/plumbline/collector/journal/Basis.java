package dev.plumbline.collector.journal;

import dev.plumbline.words.Sha256;

/**
 * What a verdict rests on beside the facts.
 *
 * @param program version of the program
 * @param configuration names what of site, catalog and agreements decides
 */
public record Basis(String program, Sha256 configuration) {}
