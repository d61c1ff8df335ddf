/** Wrong input for parsers, the same in all modules. */
@NullMarked
package dev.plumbline.fuzz;

import org.jspecify.annotations.NullMarked;
