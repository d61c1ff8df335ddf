/** From the facts of a round to its verdict: reading, contrast, explanation in order. Pure: no clock, no I/O. */
@NullMarked
package dev.plumbline.collector.judge;

import org.jspecify.annotations.NullMarked;
