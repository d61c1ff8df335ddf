/** The command {@code plumbline catalog}: shows editions, rows, targets and what changed between editions. */
@NullMarked
package dev.plumbline.catalog.cli;

import org.jspecify.annotations.NullMarked;
