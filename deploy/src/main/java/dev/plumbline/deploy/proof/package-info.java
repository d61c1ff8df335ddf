/**
 * What the product promises against crashes, full disks and hostile peers, tried on the packaged programs: real processes, kill -9,
 * real sockets, on loopback alone. {@link dev.plumbline.deploy.proof.Rows} lists what is tried; a row is one class and one line there.
 */
@NullMarked
package dev.plumbline.deploy.proof;

import org.jspecify.annotations.NullMarked;
