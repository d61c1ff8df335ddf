/** What the facts of one round say, target by target, before anybody is accused. Pure. */
@NullMarked
package dev.plumbline.collector.evidence;

import org.jspecify.annotations.NullMarked;
