package dev.plumbline.collector.store;

import dev.plumbline.words.Sha256;

/**
 * One table of a store's file, reduced to what can be compared.
 *
 * @param rows how many
 * @param digest of all of them, in order of their keys
 */
public record StoreTable(String name, long rows, Sha256 digest) {}
