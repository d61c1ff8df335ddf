/**
 * What a segment's firewall and proxy have to let out under an edition, written for each kind of box: by host name where the box can,
 * else by address block, every line with the rows that ask for it. What a language cannot say is told. Pure.
 */
@NullMarked
package dev.plumbline.catalog.allowlist;

import org.jspecify.annotations.NullMarked;
