/** How long one host takes and how much an agent needs: measured with the built product, no test. */
@NullMarked
package dev.plumbline.deploy.bench;

import org.jspecify.annotations.NullMarked;
