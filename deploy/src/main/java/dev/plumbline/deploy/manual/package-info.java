/** What the programs say of themselves, written for {@code man} and for shells when the distribution is built. */
@NullMarked
package dev.plumbline.deploy.manual;

import org.jspecify.annotations.NullMarked;
