/**
 * Takes batches from authenticated agents, bounds them, journals them and acknowledges what is durable; sends plans and
 * demands down the same streams.
 */
@NullMarked
package dev.plumbline.collector.ingest;

import org.jspecify.annotations.NullMarked;
