package dev.plumbline.catalog.allowlist;

/**
 * What a language cannot say: the box that loads the lines does not let it out.
 *
 * @param why a clause that follows the host and port
 */
public record Gap(Pass pass, String why) {
    @Override
    public String toString() {
        return pass.said() + ": " + why;
    }
}
