/** The seam through which the agent reads the time. */
@NullMarked
package dev.plumbline.agent.time;

import org.jspecify.annotations.NullMarked;
