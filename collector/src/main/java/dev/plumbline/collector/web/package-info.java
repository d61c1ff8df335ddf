/**
 * The page for browsers: rendered here, whole without any script, with a light layer that swaps what became otherwise. Whoever signs
 * in shows a token once and has a session from then on, which ends with the token. What a page shows is asked of the same services as
 * at the other ports, as whoever is signed in, so that scopes, roles and sentences are theirs. What decides how something looks
 * ({@code Mark}, {@code Grid}) is pure; templates lie in {@code src/main/jte/web}, and what they show is escaped by its place.
 */
@NullMarked
package dev.plumbline.collector.web;

import org.jspecify.annotations.NullMarked;
