/**
 * The port of people and tools: TLS that proves the collector, a token that proves the caller, and nothing that agents ask. It is
 * opened only where the configuration asks for it.
 */
@NullMarked
package dev.plumbline.collector.people;

import org.jspecify.annotations.NullMarked;
