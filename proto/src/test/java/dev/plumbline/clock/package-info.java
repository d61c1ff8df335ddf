/** Time for tests, the same in all modules. */
@NullMarked
package dev.plumbline.clock;

import org.jspecify.annotations.NullMarked;
