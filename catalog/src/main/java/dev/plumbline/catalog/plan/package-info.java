/** From catalog, site and segment to what one agent is to do. */
@NullMarked
package dev.plumbline.catalog.plan;

import org.jspecify.annotations.NullMarked;
