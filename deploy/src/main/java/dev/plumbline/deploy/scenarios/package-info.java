/** Plays a table of faults against a lab with the real product and compares what the collector finds with what it should. */
@NullMarked
package dev.plumbline.deploy.scenarios;

import org.jspecify.annotations.NullMarked;
