/** Real programs of this host that tests try what is written with, the same in all modules. */
@NullMarked
package dev.plumbline.tool;

import org.jspecify.annotations.NullMarked;
