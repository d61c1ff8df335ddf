/** How the programs log: one line for each event, to standard error. */
@NullMarked
package dev.plumbline.deploy.log;

import org.jspecify.annotations.NullMarked;
