/** Strict reader of YAML configuration: every problem at once, each with file, line and key. */
@NullMarked
package dev.plumbline.config;

import org.jspecify.annotations.NullMarked;
