/** Commands of plumbline-agent that show what was measured. */
@NullMarked
package dev.plumbline.agent.cli;

import org.jspecify.annotations.NullMarked;
