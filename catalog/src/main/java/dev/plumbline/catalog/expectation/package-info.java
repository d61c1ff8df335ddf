/** From captured facts to met or not met, because: pure functions, one for each probe kind. */
@NullMarked
package dev.plumbline.catalog.expectation;

import org.jspecify.annotations.NullMarked;
