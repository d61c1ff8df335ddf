/** Ports of this host for tests, the same in all modules. */
@NullMarked
package dev.plumbline.loopback;

import org.jspecify.annotations.NullMarked;
