/** The collector: takes facts in, compares segments, names what breaks the rule. Read {@code Pipeline} first. */
@NullMarked
package dev.plumbline.collector;

import org.jspecify.annotations.NullMarked;
