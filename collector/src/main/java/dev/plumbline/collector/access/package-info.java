/**
 * Who may do what. One table says for every rpc whom it is for, and what is not in it is for nobody ({@code Permissions});
 * {@code Asker} is who makes the current call, however the connection proved it. How a caller is proved is the business of the
 * ports: a certificate of the site (room {@code ingest}), or a token (room {@code people}).
 */
@NullMarked
package dev.plumbline.collector.access;

import org.jspecify.annotations.NullMarked;
