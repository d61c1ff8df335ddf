/** All facts of one round as a file, for support: written once, read anywhere. */
@NullMarked
package dev.plumbline.agent.bundle;

import org.jspecify.annotations.NullMarked;
