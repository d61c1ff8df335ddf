package dev.plumbline.catalog;

/** Operating systems, as the OS column of Apple's article names them. */
public enum Platform {
    IOS,
    IPADOS,
    TVOS,
    MACOS,
    WATCHOS
}
