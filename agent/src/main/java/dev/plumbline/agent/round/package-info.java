/** One round over many targets: opening up, pacing, confirming failures. */
@NullMarked
package dev.plumbline.agent.round;

import org.jspecify.annotations.NullMarked;
