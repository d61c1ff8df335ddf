/** One host, once, held against the campus simulator. */
@NullMarked
package dev.plumbline.deploy.here;

import org.jspecify.annotations.NullMarked;
