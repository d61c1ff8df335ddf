/**
 * Apple's article read into an edition: as a saved page or as plain text, headings, introductions and tables, with shifted cells and
 * broken lines put right and told. Pure: files are read and written by whoever asks.
 */
@NullMarked
package dev.plumbline.catalog.article;

import org.jspecify.annotations.NullMarked;
