/** A whole product on the simulated campus: real collector and agents over mutual TLS, a fake Apple, faults to turn on. */
@NullMarked
package dev.plumbline.deploy.demo;

import org.jspecify.annotations.NullMarked;
