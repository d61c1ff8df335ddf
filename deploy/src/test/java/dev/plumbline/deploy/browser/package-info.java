/** The collector's pages in a real browser, over a site on the simulated campus. */
@NullMarked
package dev.plumbline.deploy.browser;

import org.jspecify.annotations.NullMarked;
