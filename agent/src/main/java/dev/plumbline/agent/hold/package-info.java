/** Quiet connections: how long the way lets one be silent. On a schedule of its own, beside the rounds. */
@NullMarked
package dev.plumbline.agent.hold;

import org.jspecify.annotations.NullMarked;
