/** From what was seen to the mechanism that prevents it: one class a rule. Pure. */
@NullMarked
package dev.plumbline.collector.rule;

import org.jspecify.annotations.NullMarked;
