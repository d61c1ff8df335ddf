/** The words of the design as values: what was seen, by whom, when. No judgement, no clock, no I/O. */
@NullMarked
package dev.plumbline.words;

import org.jspecify.annotations.NullMarked;
