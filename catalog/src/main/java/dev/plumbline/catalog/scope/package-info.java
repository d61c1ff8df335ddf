/** Of what something is prevented: ports, names, address blocks, families. */
@NullMarked
package dev.plumbline.catalog.scope;

import org.jspecify.annotations.NullMarked;
