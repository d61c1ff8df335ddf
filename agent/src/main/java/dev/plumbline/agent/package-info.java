/** The agent on a network segment: measures, remembers, shows; decides nothing about blame. */
@NullMarked
package dev.plumbline.agent;

import org.jspecify.annotations.NullMarked;
