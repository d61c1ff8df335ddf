/** One probe of one target: from its name to an observation, with one class for each kind of conversation. */
@NullMarked
package dev.plumbline.agent.probe;

import org.jspecify.annotations.NullMarked;
