/**
 * The shapes of firewall and proxy rules, which remedies and allow-lists have in common: flows, names, and how each language matches
 * them. Pure; says nothing of where a rule is put.
 */
@NullMarked
package dev.plumbline.catalog.rules;

import org.jspecify.annotations.NullMarked;
