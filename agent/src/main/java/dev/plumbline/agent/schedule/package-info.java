/** When to measure: rounds aligned to the clock, demands at once, no target more often than its document allows. */
@NullMarked
package dev.plumbline.agent.schedule;

import org.jspecify.annotations.NullMarked;
