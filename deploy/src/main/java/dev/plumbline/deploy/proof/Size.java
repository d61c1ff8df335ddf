package dev.plumbline.deploy.proof;

/** How much of everything: the whole proof takes some ten minutes, the short one less than half of that. */
enum Size {
    FULL,
    SHORT;

    int of(int full, int brief) {
        return this == FULL ? full : brief;
    }
}
