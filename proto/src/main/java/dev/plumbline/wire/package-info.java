/**
 * Between words and messages, total both ways: writing never fails, and reading malformed input gives a {@link
 * dev.plumbline.wire.WireException} that names the field.
 */
@NullMarked
package dev.plumbline.wire;

import org.jspecify.annotations.NullMarked;
