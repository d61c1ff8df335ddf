/**
 * Which alert is due when, to whom, and what it says. Pure: the outbox, the clock and the receivers are {@code delivery}'s.
 *
 * <p>What a receiver is to be told is the difference between the incidents as they are and what it was told of them. So nothing is
 * lost when the collector is killed between two rounds, what does not fit the queue is told when there is room, and what
 * opened and closed while nothing was told is never told as a problem.
 */
@NullMarked
package dev.plumbline.collector.alert;

import org.jspecify.annotations.NullMarked;
