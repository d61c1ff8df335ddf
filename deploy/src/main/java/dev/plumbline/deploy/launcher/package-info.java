/** The program {@code plumbline}: puts the commands of the other modules together. */
@NullMarked
package dev.plumbline.deploy.launcher;

import org.jspecify.annotations.NullMarked;
