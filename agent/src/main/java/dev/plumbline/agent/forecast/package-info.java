/** What a plan will send before it is sent: how often, how much, to whom, and what of it looks unusual. Nothing is sent here. */
@NullMarked
package dev.plumbline.agent.forecast;

import org.jspecify.annotations.NullMarked;
