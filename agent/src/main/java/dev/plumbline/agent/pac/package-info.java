/** Runs a network's proxy auto-configuration script, which nobody here wrote and nobody here trusts. */
@NullMarked
package dev.plumbline.agent.pac;

import org.jspecify.annotations.NullMarked;
