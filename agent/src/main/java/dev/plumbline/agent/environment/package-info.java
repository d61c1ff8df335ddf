/** The agent's own host, as far as a verdict needs it. */
@NullMarked
package dev.plumbline.agent.environment;

import org.jspecify.annotations.NullMarked;
