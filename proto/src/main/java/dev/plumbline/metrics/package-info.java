/**
 * What a program tells a monitoring system of itself, in Prometheus' form: values are read when somebody asks, never pushed, and
 * no part of a program waits for whoever asks. Each room tells its own by a {@link dev.plumbline.metrics.MetricSource}; this one
 * puts them together, writes them, and opens a small port for them.
 */
@NullMarked
package dev.plumbline.metrics;

import org.jspecify.annotations.NullMarked;
